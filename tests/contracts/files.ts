/** The contract of every files adapter that can write. */
import { describe, expect } from 'vitest'
import type { Files } from '../../src/engine/core/files.ts'
import { createChecks, type Skip } from './suite.ts'

type FilesSubject = {
  readonly name: string
  /** Over an empty place of its own; a second one over the same place stands for another process. */
  readonly create: () => { first: Files; second: Files }
  readonly skip?: readonly Skip[]
}

const bytes = (...values: number[]) => Uint8Array.from(values)

export function testFiles(subject: FilesSubject): void {
  const { check, done } = createChecks(subject.skip)
  describe(`the ${subject.name} files`, () => {
    check('reads back what was written, bytes and text', async () => {
      const { first: files } = subject.create()
      await files.write('folder/below/data.bin', bytes(0, 255, 10, 13))
      await files.write('text.md', 'número 🐝\n')
      expect(Array.from(await files.read('folder/below/data.bin'))).toEqual([0, 255, 10, 13])
      expect(await files.readText('text.md')).toBe('número 🐝\n')
      expect(new TextDecoder().decode(await files.read('text.md'))).toBe('número 🐝\n')
    })

    check('reads an empty file', async () => {
      const { first: files } = subject.create()
      await files.write('empty', '')
      expect((await files.read('empty')).length).toBe(0)
    })

    check('says file_missing and names the file', async () => {
      const { first: files } = subject.create()
      const missing = { code: 'file_missing', message: expect.stringContaining('nowhere.json') }
      await expect(files.read('nowhere.json')).rejects.toMatchObject(missing)
      await expect(files.readText('deep/nowhere.json')).rejects.toMatchObject(missing)
      expect(await files.exists('nowhere.json')).toBe(false)
    })

    check('lists names in order, and nothing for a missing folder', async () => {
      const { first: files } = subject.create()
      for (const name of ['b', 'a', 'c']) await files.write(`folder/${name}`, name)
      expect(await files.list('folder')).toEqual(['a', 'b', 'c'])
      expect(await files.exists('folder/a')).toBe(true)
      expect(await files.list('nowhere')).toEqual([])
    })

    check('replaces a file and leaves no other behind', async () => {
      const { first: files } = subject.create()
      await files.write('folder/a', 'a long first content')
      await files.write('folder/a', 'second')
      expect(await files.readText('folder/a')).toBe('second')
      expect(await files.list('folder')).toEqual(['a'])
    })

    check('leaves nothing behind when a write fails', async () => {
      const { first: files } = subject.create()
      await files.write('folder/taken/inside', 'x')
      await expect(files.write('folder/taken', 'a file where a folder is')).rejects.toThrow()
      expect(await files.list('folder')).toEqual(['taken'])
    })

    check('appends, and begins a file that is not there', async () => {
      const { first: files } = subject.create()
      await files.append('log/a.bin', bytes(1, 2))
      await files.append('log/a.bin', bytes(3))
      expect(Array.from(await files.read('log/a.bin'))).toEqual([1, 2, 3])
    })

    check('removes a file, and does not mind one that is not there', async () => {
      const { first: files } = subject.create()
      await files.write('a', 'x')
      await files.remove('a')
      await files.remove('a')
      expect(await files.exists('a')).toBe(false)
    })

    check('never shows a half-written file while another replaces it in a loop', async () => {
      const { first, second } = subject.create()
      const contents = ['a'.repeat(300_000), 'b'.repeat(700_000)]
      await first.write('file', contents[0] ?? '')
      let running = true
      const writer = (async () => {
        for (let i = 1; i <= 40; i++) await first.write('file', contents[i % 2] ?? '')
        running = false
      })()
      let reads = 0
      while (running) {
        expect(contents.includes(await second.readText('file'))).toBe(true)
        reads++
      }
      await writer
      expect(reads).toBeGreaterThan(10)
    })
    done()
  })
}
