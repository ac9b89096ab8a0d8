#!/usr/bin/python3
"""Reads a channel and says each line of its input to it: parley_client.py ws://localhost:8080/ws chat:lobby [name]
Needs the package websockets (Debian: python3-websockets). Comes back by itself, misses nothing and says nothing twice.
"""
import asyncio, contextlib, json, sys, uuid
from urllib.parse import quote
import websockets

STOP = {1002, 1003, 1007, 1009}  # and all from 4500 on

class Client:
    def __init__(self, address, channel, name):
        self.address, self.channel = f"{address}?name={quote(name)}", channel
        self.position = None  # of the last message that was read
        self.unanswered = {}  # id -> command; said again after a reconnect, as their keys make that harmless
        self.last_id, self.socket = 0, None

    def command(self, type, **members):
        self.last_id += 1
        return {"type": type, "id": self.last_id, "channel": self.channel, **members}

    async def say(self, data):
        command = self.command("publish", data=data, key=uuid.uuid4().hex)
        self.unanswered[command["id"]] = command
        with contextlib.suppress(AttributeError, websockets.ConnectionClosed):  # not connected now: it waits
            await self.socket.send(json.dumps(command))

    def take(self, frame):
        if frame["type"] == "message":
            self.position = frame["position"]
            print(frame.get("from", "?"), json.dumps(frame["data"]), flush=True)
        elif frame["type"] == "subscribed":
            self.position = self.position or frame["position"]
            print("! reading" if frame.get("recovered", True) else "! some messages are lost", flush=True)
        elif frame["type"] == "error":
            print("!", frame["code"], frame["text"], frame["detail"], flush=True)
        if not frame.get("retry"):
            self.unanswered.pop(frame.get("re"), None)

    async def run(self):
        async for self.socket in websockets.connect(self.address, subprotocols=["parley.v1"]):
            with contextlib.suppress(websockets.ConnectionClosed):
                greeting = [self.command("subscribe", after=self.position or "latest"), *self.unanswered.values()]
                await self.socket.send("\n".join(map(json.dumps, greeting)))
                async for text in self.socket:
                    for line in text.split("\n"):
                        self.take(json.loads(line))
            code = self.socket.close_code or 1006
            if code in STOP or code >= 4500:
                sys.exit(f"closed: {code} {self.socket.close_reason}")

async def main(address, channel, name="python"):
    client = Client(address, channel, name)
    reading = asyncio.create_task(client.run())
    while line := await asyncio.to_thread(sys.stdin.readline):
        await client.say(line.rstrip("\n"))
    await reading

asyncio.run(main(*sys.argv[1:]))
