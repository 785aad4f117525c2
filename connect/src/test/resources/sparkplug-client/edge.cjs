// An edge node with one device by sparkplug-client, an implementation independent of the one under test.
// Arguments: the broker's address; a port of its own, where a line "gone" or "back" ends or begins the device.
const net = require("node:net");
const sparkplug = require("sparkplug-client");

const [broker, port] = process.argv.slice(2);
const client = sparkplug.newClient({
  serverUrl: broker,
  username: "",
  password: "",
  groupId: "g",
  edgeNode: "edge",
  clientId: "sparkplug-client",
  version: "spBv1.0",
  keepalive: 5,
});
let speed = 1480.5;

const node = () => ({
  timestamp: Date.now(),
  metrics: [
    { name: "bdSeq", value: 0, type: "UInt64" },
    { name: "Node Control/Rebirth", value: false, type: "Boolean" },
    { name: "Load", value: 0.5, type: "Double" },
  ],
});
const device = () => ({
  timestamp: Date.now(),
  metrics: [
    { name: "Motor/Speed", value: speed, type: "Double" },
    { name: "Motor/Starts", value: 4000000000, type: "UInt32" },
    { name: "Motor/Offset", value: -7, type: "Int16" },
    { name: "Motor/Running", value: true, type: "Boolean" },
    { name: "Motor/Maker", value: "甲", type: "String" },
  ],
});
function birth() {
  client.publishNodeBirth(node());
  client.publishDeviceBirth("pump", device());
}

client.on("birth", birth);
client.on("ncmd", (payload) => {
  if (payload.metrics.some((m) => m.name === "Node Control/Rebirth" && m.value)) birth();
});
client.on("dcmd", (name, payload) => {
  for (const metric of payload.metrics) {
    if (metric.name === "Motor/Speed") {
      speed = metric.value;
      client.publishDeviceData(name, {
        timestamp: Date.now(),
        metrics: [{ name: "Motor/Speed", value: speed, type: "Double" }],
      });
    }
  }
});

net
  .createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (line) => {
      if (line.toString().startsWith("gone")) client.publishDeviceDeath("pump", { timestamp: Date.now() });
      if (line.toString().startsWith("back")) client.publishDeviceBirth("pump", device());
    });
  })
  .listen(Number(port), "127.0.0.1");
