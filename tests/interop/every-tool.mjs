/** LangChain's MCP adapters: loads every tool and calls it; prints what came back as JSON. */
import { MultiServerMCPClient } from '@langchain/mcp-adapters'

const [url = '', calls = '{}'] = process.argv.slice(2)
const client = new MultiServerMCPClient({ mcpServers: { guides: { transport: 'http', url } } })
try {
  const tools = await client.getTools()
  const results = {}
  for (const [name, args] of Object.entries(JSON.parse(calls))) {
    const tool = tools.find((candidate) => candidate.name === name)
    results[name] = await tool?.invoke(args)
  }
  console.log(JSON.stringify({ tools: tools.map((tool) => tool.name), results }))
} finally {
  await client.close()
}
