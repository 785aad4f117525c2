import { expect, test } from 'vitest';
import type { Network } from '../../src/api/network';
import { domainOf, membersOf, NEW_DOMAIN, newSwitch, tidied, withDomain, withDomainChanged, withDomainNamed } from '../../src/model/domains';
import { asPlantFile, EXAMPLE, withoutNode } from '../../src/model/network';

const two = withDomain(withDomain(EXAMPLE, 'sw-1', NEW_DOMAIN), 'sw-2', NEW_DOMAIN);

test('the first domain is that of all switches, another is that of one; without any the network is one whole', () => {
  const first = withDomain(EXAMPLE, 'sw-1', NEW_DOMAIN);
  expect(first.domains).toEqual({ 'domain-1': { kind: 'cell' } });
  expect(Object.values(first.switches).map(({ domain }) => domain)).toEqual(['domain-1', 'domain-1']);
  expect(Object.values(two.switches).map(({ domain }) => domain)).toEqual(['domain-1', 'domain-2']);
  expect(withDomain(two, 'sw-2', 'domain-1').domains).toEqual(first.domains);
  expect(withDomain(two, 'sw-1', '')).toEqual(EXAMPLE);
});

test('a station is in the domain of its switches, if they are in one', () => {
  expect(['sw-1', 'robot-1', 'io-1'].map((name) => domainOf(two, name))).toEqual(['domain-1', 'domain-1', 'domain-2']);
  const both: Network = { ...two, links: [...two.links, { between: ['io-1', 'sw-1'] }] };
  expect(domainOf(both, 'io-1')).toBeNull();
  expect(domainOf(EXAMPLE, 'io-1')).toBeNull();
  expect(membersOf(both).map(({ name, nodes }) => [name, [...nodes]])).toEqual([['domain-1', ['sw-1', 'controller', 'robot-1']], ['domain-2', ['sw-2', 'camera-1']]]);
});

test('a domain is named and changed, and gone with its last switch', () => {
  const named = withDomainChanged(withDomainNamed(two, 'domain-2', 'hall'), 'hall', { kind: 'plant', budget: '1ms' });
  expect(named.switches['sw-2']!.domain).toBe('hall');
  expect(named.domains).toEqual({ 'domain-1': { kind: 'cell' }, hall: { kind: 'plant', budget: '1ms' } });
  expect(withDomainNamed(named, 'hall', 'domain-1')).toBe(named);
  expect(newSwitch(named, 'io-1').domain).toBe('hall');
  expect(newSwitch(EXAMPLE, 'io-1')).not.toHaveProperty('domain');
  const left = tidied(withoutNode(named, 'sw-2'));
  expect(left.domains).toEqual({ 'domain-1': { kind: 'cell' } });
  expect(asPlantFile(named)).toContain('network:\n  domains:\n    "domain-1": {"kind":"cell"}\n    "hall": {"kind":"plant","budget":"1ms"}\n  switches:\n');
});
