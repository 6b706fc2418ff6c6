/** The files port on the local file system. */
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { messageOf, RetrievalError } from '../../core/errors.ts'
import type { Files } from '../../core/files.ts'

/** All paths are relative to `root`, or absolute. */
export function createNodeFiles(root = '.'): Files {
  const at = (path: string) => (path.startsWith('/') ? path : join(root, path))
  const read = async (path: string): Promise<Buffer<ArrayBuffer>> => {
    try {
      return await readFile(at(path))
    } catch (cause) {
      throw new RetrievalError('file_missing', `${at(path)} cannot be read (${messageOf(cause)})`, {
        cause,
      })
    }
  }
  let counter = 0
  return {
    async read(path) {
      const buffer = await read(path)
      return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    },
    readText: async (path) => (await read(path)).toString('utf8'),
    exists: (path) =>
      stat(at(path)).then(
        () => true,
        () => false,
      ),
    async list(folder) {
      return (await readdir(at(folder)).catch(() => [])).sort()
    },
    async write(path, content) {
      const target = at(path)
      await mkdir(dirname(target), { recursive: true })
      const temporary = `${target}.${process.pid}.${counter++}.tmp`
      try {
        const file = await open(temporary, 'w')
        try {
          await file.writeFile(content)
          // Without this, a power failure could leave an empty file under the new name.
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(temporary, target)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    async append(path, content) {
      await mkdir(dirname(at(path)), { recursive: true })
      await appendFile(at(path), content)
    },
    remove: (path) => rm(at(path), { force: true }),
  }
}
