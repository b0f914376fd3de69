import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

export interface FakeServer {
  readonly port: number
  readonly close: () => Promise<unknown>
}

/** Something that listens where a server of PostgreSQL is expected. */
export async function fakeServer(answer: (socket: Socket) => void): Promise<FakeServer> {
  const sockets: Socket[] = []
  const server: Server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    answer(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      return once(server, 'close')
    },
  }
}

/** Refuses whoever connects, as a server does that can't take anybody. */
export const refusing = (sqlState: string, message: string) => (socket: Socket) => {
  socket.once('data', () => socket.end(errorResponse(sqlState, message)))
}

/** Lets in whoever connects, and ends the connection by the same packet. */
export const endingAtOnce = (sqlState: string, message: string) => (socket: Socket) => {
  const letIn = [packet('R', Buffer.alloc(4)), packet('Z', Buffer.from('I'))]
  socket.once('data', () => socket.end(Buffer.concat([...letIn, errorResponse(sqlState, message)])))
}

const errorResponse = (sqlState: string, message: string): Buffer =>
  packet('E', Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0M${message}\0\0`))

/** @source https://www.postgresql.org/docs/15/protocol-message-formats.html */
function packet(kind: string, content: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(kind)
  head.writeUInt32BE(content.length + 4, 1)
  return Buffer.concat([head, content])
}
