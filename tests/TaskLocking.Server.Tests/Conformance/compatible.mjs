// The suite names a function of node:fs that came with Node.js 22 and that it does not use for servers: older ones get an empty one.
import { register } from 'node:module';

const hooks = `
export async function resolve(specifier, context, next) {
  return specifier === 'fs' && context.parentURL?.includes('/conformance/dist/')
    ? { url: 'compatible:fs', shortCircuit: true } : next(specifier, context);
}
export async function load(url, context, next) {
  return url === 'compatible:fs'
    ? { format: 'module', shortCircuit: true, source: "export * from 'node:fs'; export const globSync = () => [];" }
    : next(url, context);
}`;
register('data:text/javascript,' + encodeURIComponent(hooks));
