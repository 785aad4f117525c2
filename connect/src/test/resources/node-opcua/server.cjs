// An OPC UA server by node-opcua, an implementation independent of the one under test.
// Arguments: folder of its certificates and the clients it trusts; port.
const path = require("node:path");
const { OPCUAServer, OPCUACertificateManager, DataType, MessageSecurityMode, SecurityPolicy, VariantArrayType } =
  require("node-opcua");

async function main(folder, port) {
  const server = new OPCUAServer({
    port: Number(port),
    hostname: "127.0.0.1",
    serverCertificateManager: new OPCUACertificateManager({
      rootFolder: path.join(folder, "pki"),
      automaticallyAcceptUnknownCertificate: false,
    }),
    securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
    securityModes: [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt],
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  const own = space.getOwnNamespace();
  const tank = own.addFolder(space.rootFolder.objects, { nodeId: "s=tank", browseName: "tank" });
  const variable = (name, dataType, value, arrayType = VariantArrayType.Scalar) =>
    own.addVariable({
      organizedBy: tank,
      nodeId: `s=tank.${name}`,
      browseName: name,
      dataType,
      valueRank: arrayType === VariantArrayType.Scalar ? -1 : 1,
      value: { dataType, arrayType, value },
    });
  variable("level", "Double", 1.5);
  variable("starts", "UInt32", 4_000_000_000);
  variable("name", "String", "Pumpe 泵");
  variable("array", "Double", new Float64Array([1.5, 2.5]), VariantArrayType.Array);
  const count = variable("count", "Int32", 0);
  await server.start();
  let n = 0;
  setInterval(() => count.setValueFromSource({ dataType: DataType.Int32, value: ++n }), 100);
}

main(process.argv[2], process.argv[3]).catch((error) => {
  console.error(error);
  process.exit(1);
});
