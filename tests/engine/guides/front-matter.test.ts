import { describe, expect, it } from 'vitest'
import { parseFrontMatter } from '../../../src/engine/guides/front-matter.ts'
import { guideFile, lineOf } from '../../fixtures/guide-file.ts'

/** The message of the fault that a changed guide raises. */
function faultOf(...changes: readonly (readonly [string, string])[]): string {
  try {
    parseFrontMatter(guideFile(changes))
  } catch (error) {
    expect(error).toMatchObject({ name: 'RetrievalError', code: 'guide_invalid' })
    return (error as Error).message
  }
  throw new Error('no fault')
}
const lineIn = (text: string, ...changes: readonly (readonly [string, string])[]) =>
  `corpus/en/nss.md:${lineOf(guideFile(changes), text)}: `

describe('front matter', () => {
  it('is parsed to its fields, the body and the line where the body begins', () => {
    const file = guideFile()
    const { meta, body, bodyLine, lineOf: fieldLine } = parseFrontMatter(file)
    expect(meta).toMatchObject({ id: 'nss', language: 'en', order: 30, updated: '2026-11-23' })
    expect(meta).toMatchObject({ next: [], planning: [], printable: false })
    expect(body.startsWith('The NSS has 11 digits')).toBe(true)
    expect(bodyLine).toBe(lineOf(file, 'stays for life'))
    expect(fieldLine(['reviewBy'])).toBe(lineOf(file, 'reviewBy: 2027-05-23'))
    expect(fieldLine(['quickScan', 'facts', 3])).toBe(lineOf(file, 'imss.phone'))
    expect(fieldLine(['anchors', 'Hours and phone'])).toBe(lineOf(file, 'anchors:'))
  })

  it('may have CRLF, a byte-order mark or decomposed accents, with the same result', () => {
    const plain = guideFile([['Getting your NSS', 'Trámite']])
    const odd = {
      ...plain,
      content: `\uFEFF${plain.content.normalize('NFD').replaceAll('\n', '\r\n')}`,
    }
    const [a, b] = [parseFrontMatter(plain), parseFrontMatter(odd)]
    expect([b.meta, b.body, b.bodyLine]).toEqual([a.meta, a.body, a.bodyLine])
  })

  it('may have bare carriage returns as line ends', () => {
    const { content, path } = guideFile()
    const mac = { path, content: content.replaceAll('\n', '\r') }
    expect(parseFrontMatter(mac).meta.id).toBe('nss')
  })

  it('is reported missing, with the file and line 1, where a guide has none', () => {
    for (const content of ['', 'just text\n', '---\nid: nss\nno end\n'])
      expect(() => parseFrontMatter({ path: 'corpus/en/a.md', content })).toThrow(
        'corpus/en/a.md:1: no front matter',
      )
  })

  it('names the line of unreadable YAML', () => {
    const open: [string, string] = ['chips: [Online, Free]', 'chips: [Online, Free']
    expect(faultOf(open)).toContain('unreadable YAML')
    expect(faultOf(open)).toMatch(/^corpus\/en\/nss\.md:(10|11): /)
    const twice: [string, string] = ['order: 30', 'order: 30\norder: 31']
    expect(faultOf(twice)).toContain(`${lineIn('order: 31', twice)}unreadable YAML`)
  })

  it('names the line of a value that begins with * and would be an alias', () => {
    const alias: [string, string] = ['helpsYouDo: Get it', 'helpsYouDo: *really* get it']
    expect(faultOf(alias)).toContain(`${lineIn('helpsYouDo', alias)}unreadable YAML`)
    expect(faultOf(['helpsYouDo: Get it', 'helpsYouDo: *really'])).toContain('put quotes around')
  })

  it('names the missing id', () => {
    expect(faultOf(['id: nss\n', ''])).toMatch(/^corpus\/en\/nss\.md:2: id: /)
  })

  it('names the field and line of every invalid value, all at once', () => {
    const message = faultOf(
      ['language: en', 'language: french'],
      ['updated: 2026-11-23', 'updated: 2026-02-30'],
      ['kind: phone', 'kind: fax'],
    )
    const lines = message.split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain(`${lineIn('language:')}language: `)
    expect(lines[1]).toContain(`${lineIn('updated:')}updated: `)
    expect(lines[2]).toContain(`${lineIn('imss.phone')}quickScan.facts.3.kind: `)
  })

  it('names the line of a field that does not exist', () => {
    const change: [string, string] = ['order: 30', 'order: 30\ncolour: red']
    expect(faultOf(change)).toContain(lineIn('colour', change))
    const nested: [string, string] = ['  bestFor', '  worstFor: nobody\n  bestFor']
    expect(faultOf(nested)).toContain(lineIn('worstFor', nested))
  })

  it('refuses dates, ids and facts that only look right', () => {
    expect(faultOf(['id: nss', 'id: NSS'])).toContain(': id: lower-case kebab-case')
    expect(faultOf(['order: 30', 'order: thirty'])).toContain(`${lineIn('order:')}order: `)
    expect(faultOf(['value: "800 623 2323"', 'value: 8006232323'])).toContain('facts.3.value: ')
    expect(faultOf(['sources:\n  - { id: imss', 'source:\n  - { id: imss'])).toContain(
      ': sources: ',
    )
  })
})
