// The client of others does a task from claim to completion, over standard streams and over HTTP; eight at once get each task once.
import assert from 'node:assert';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { folder, serve } from './server.mjs';

const program = process.argv[2];
const server = await serve(program);

const ways = {
  'standard streams': () => new StdioClientTransport({ command: program, args: ['mcp', '--workspace', folder] }),
  HTTP: () => new StreamableHTTPClientTransport(new URL(server.url + '/mcp'),
    { requestInit: { headers: { Authorization: `Bearer ${server.token}` } } }),
};

async function connect(way) {
  const client = new Client({ name: 'independent', version: '1' });
  await client.connect(ways[way]());
  // It checks answers by the schemas of the tools that it has listed.
  await client.listTools();
  return client;
}

async function call(client, name, args) {
  return (await client.callTool({ name, arguments: args })).structuredContent;
}

async function drain(client, agent, swarm) {
  const done = [];
  for (;;) {
    const [task] = (await call(client, 'claim', { action: 'next', agent, swarm, start: true })).tasks;
    if (!task) return done;
    const ended = await call(client, 'claim', { action: 'complete', agent, task_id: task.id, token: task.claim.token });
    assert.equal(ended.tasks[0].status, 'Done');
    done.push(task.id);
  }
}

try {
  for (const way of Object.keys(ways)) {
    const clients = await Promise.all(Array.from({ length: 8 }, () => connect(way)));
    const swarm = way.replaceAll(' ', '-');
    const tasks = Array.from({ length: 24 }, (_, number) => ({ id: `${swarm}-${number}`, swarm }));
    await call(clients[0], 'task_change', { action: 'define', tasks });
    const done = (await Promise.all(clients.map((client, number) => drain(client, `agent-${number}`, swarm)))).flat();
    assert.deepEqual([...done].sort(), tasks.map(task => task.id).sort());
    const refused = await clients[0].callTool({ name: 'claim',
      arguments: { action: 'complete', agent: 'agent-0', task_id: tasks[0].id, token: 1 } });
    assert.equal(refused.isError, true);
    assert.equal(refused.structuredContent.refusal.code, 'LeaseLost');
    await Promise.all(clients.map(client => client.close()));
    console.log(`ok: ${way}: 24 tasks by 8 clients, each once`);
  }
} finally {
  server.process.kill();
}
