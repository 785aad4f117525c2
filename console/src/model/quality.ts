import type { Quality, Severity } from '../api/types';

/** Names of OPC UA status codes (OPC 10000-6, A.2) by their upper 16 bits; the lower ones are flags about the value. */
const NAMES: Readonly<Record<number, string>> = {
  0x0000: 'Good',
  0x002e: 'GoodEntryInserted',
  0x002f: 'GoodEntryReplaced',
  0x0030: 'GoodOverload',
  0x0096: 'GoodLocalOverride',
  0x00a5: 'GoodNoData',
  0x4000: 'Uncertain',
  0x408f: 'UncertainNoCommunicationLastUsableValue',
  0x4090: 'UncertainLastUsableValue',
  0x4091: 'UncertainSubstituteValue',
  0x4092: 'UncertainInitialValue',
  0x4093: 'UncertainSensorNotAccurate',
  0x4094: 'UncertainEngineeringUnitsExceeded',
  0x4095: 'UncertainSubNormal',
  0x8000: 'Bad',
  0x8001: 'BadUnexpectedError',
  0x8002: 'BadInternalError',
  0x8005: 'BadCommunicationError',
  0x8007: 'BadDecodingError',
  0x800a: 'BadTimeout',
  0x800b: 'BadServiceUnsupported',
  0x800c: 'BadShutdown',
  0x800d: 'BadServerNotConnected',
  0x800e: 'BadServerHalted',
  0x8013: 'BadSecurityChecksFailed',
  0x801a: 'BadCertificateUntrusted',
  0x801f: 'BadUserAccessDenied',
  0x8031: 'BadNoCommunication',
  0x8032: 'BadWaitingForInitialData',
  0x8033: 'BadNodeIdInvalid',
  0x8034: 'BadNodeIdUnknown',
  0x803a: 'BadNotReadable',
  0x803b: 'BadNotWritable',
  0x803c: 'BadOutOfRange',
  0x803d: 'BadNotSupported',
  0x803e: 'BadNotFound',
  0x8074: 'BadTypeMismatch',
  0x8089: 'BadConfigurationError',
  0x808a: 'BadNotConnected',
  0x808b: 'BadDeviceFailure',
  0x808c: 'BadSensorFailure',
  0x808d: 'BadOutOfService',
  0x80ac: 'BadConnectionRejected',
  0x80ad: 'BadDisconnect',
  0x80ae: 'BadConnectionClosed',
  0x80af: 'BadInvalidState',
};

/** Severity from the two topmost bits (OPC 10000-4, 7.39); the reserved pattern counts as bad. */
export function severityOf(status: number): Severity {
  const bits = status >>> 30;
  return bits === 0 ? 'good' : bits === 1 ? 'uncertain' : 'bad';
}

export function qualityOf(status: number): Quality {
  const severity = severityOf(status);
  const known = NAMES[status >>> 16];
  const word = severity[0]!.toUpperCase() + severity.slice(1);
  const name = known ?? `${word}(0x${(status >>> 0).toString(16).toUpperCase().padStart(8, '0')})`;
  return { code: status >>> 0, name, severity };
}
