// A server in a board of its own, and before it a door that shows the token, which the suite cannot; all else goes through as it came.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const folder = mkdtempSync(join(tmpdir(), 'tasklock-conformance-'));

export async function serve(program) {
  const server = spawn(program, ['serve', '--port', '0', '--allow-changes', '--workspace', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((told, failed) => {
    createInterface(server.stdout).once('line', told);
    server.once('exit', code => failed(new Error(`The server ended with exit code ${code}.`)));
  });
  return { process: server, ...JSON.parse(line) };
}

export function door(server) {
  const own = new URL(server.url).port;
  return new Promise(open => {
    const proxy = http.createServer((asked, answer) => {
      // Under its port the door is the server; under any other name it is what it is.
      const port = String(proxy.address().port);
      const headers = { ...asked.headers, authorization: `Bearer ${server.token}` };
      for (const name of ['host', 'origin'])
        if (headers[name]?.match(/(localhost|127\.0\.0\.1|\[::1\]):/)) headers[name] = headers[name].replace(`:${port}`, `:${own}`);
      const passed = http.request({ host: '127.0.0.1', port: own, method: asked.method, path: asked.url, headers }, told => {
        answer.writeHead(told.statusCode, told.headers);
        told.pipe(answer);
      });
      passed.on('error', () => answer.destroy());
      answer.on('close', () => passed.destroy());
      asked.pipe(passed);
    });
    proxy.listen(0, '127.0.0.1', () => open({ url: `http://localhost:${proxy.address().port}/mcp`, close: () => proxy.close() }));
  });
}
