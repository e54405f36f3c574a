# SPDX-License-Identifier: GPL-3.0-or-later
"""A network cable that can be pulled: a relay in front of the sandbox. Pulled, its port refuses."""

import asyncio
import threading


class Cable:
    def __init__(self, port):
        self.target = port
        self.port = 0
        self.server = None
        self.writers = set()
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.plug()

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(10)

    def plug(self):
        self.run(self.listen())

    def pull(self):
        self.run(self.cut())

    async def listen(self):
        self.server = await asyncio.start_server(self.connected, '127.0.0.1', self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def cut(self):
        self.server.close()
        for writer in list(self.writers):
            writer.transport.abort()
        self.writers.clear()

    async def connected(self, reader, writer):
        try:
            far_reader, far_writer = await asyncio.open_connection('127.0.0.1', self.target)
        except OSError:
            writer.transport.abort()
            return
        self.writers |= {writer, far_writer}
        await asyncio.gather(self.pump(reader, far_writer), self.pump(far_reader, writer))
        self.writers -= {writer, far_writer}

    async def pump(self, reader, writer):
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()
