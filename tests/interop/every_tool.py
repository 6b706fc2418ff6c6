"""Python's own MCP client: lists and calls every tool, reads a resource, gets a prompt; prints what it saw as JSON."""

import asyncio
import json
import sys

from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client


def get(thing, *names):
    """Fields were renamed between versions of the client."""
    for name in names:
        if hasattr(thing, name):
            return getattr(thing, name)
    raise AttributeError(names)


async def main(url: str, calls: dict) -> None:
    async with streamable_http_client(url) as streams:
        async with ClientSession(streams[0], streams[1]) as session:
            hello = await session.initialize()
            tools = [tool.name for tool in (await session.list_tools()).tools]
            results = {}
            for name, arguments in calls.items():
                result = await session.call_tool(name, arguments)
                results[name] = {
                    "error": bool(get(result, "is_error", "isError")),
                    "texts": [item.text for item in result.content if item.type == "text"],
                    "types": [item.type for item in result.content],
                    "structured": get(result, "structured_content", "structuredContent"),
                }
            resources = (await session.list_resources()).resources
            read = await session.read_resource(resources[0].uri)
            prompts = [prompt.name for prompt in (await session.list_prompts()).prompts]
            prompt = await session.get_prompt(prompts[1], {"text": 'It says "free".'})
            print(
                json.dumps(
                    {
                        "version": get(hello, "protocol_version", "protocolVersion"),
                        "tools": tools,
                        "results": results,
                        "resources": len(resources),
                        "read": read.contents[0].text,
                        "prompts": prompts,
                        "messages": len(prompt.messages),
                    }
                )
            )


asyncio.run(main(sys.argv[1], json.loads(sys.argv[2])))
