// The official suite, which exits with 0 only if what fails is what expected-failures.yml explains.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { door, serve } from './server.mjs';

const path = name => fileURLToPath(new URL(name, import.meta.url));
const server = await serve(process.argv[2]);
const way = await door(server);
const suite = spawn(process.execPath, ['--import', new URL('compatible.mjs', import.meta.url).href,
  path('node_modules/@modelcontextprotocol/conformance/dist/index.js'), 'server', '--url', way.url,
  '--expected-failures', path('expected-failures.yml'), '--output-dir', path('results')], { stdio: 'inherit' });
suite.on('exit', code => {
  server.process.kill();
  way.close();
  process.exitCode = code ?? 1;
});
