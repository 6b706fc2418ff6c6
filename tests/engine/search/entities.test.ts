import { describe, expect, it } from 'vitest'
import { entitiesOf, heldEntities } from '../../../src/engine/search/entities.ts'

describe('the names and numbers of a question', () => {
  it('are its words with digits and its capitalised words inside sentences, folded', () => {
    expect(entitiesOf('Does Modalidad 33 cover people in Querétaro?')).toEqual([
      'modalidad',
      '33',
      'queretaro',
    ])
    expect(entitiesOf('¿Dónde queda la oficina IMSS-02-008?')).toEqual(['imss-02-008'])
    expect(entitiesOf('RFC for foreigners. What is it?')).toEqual(['rfc'])
    expect(entitiesOf('how do i get a number')).toEqual([])
  })

  it('count as held when one of the passages has the word', () => {
    const passages = [
      { context: 'Modalidad 33', text: 'The family insurance.' },
      { context: '', text: 'An office in Queretaro.' },
    ]
    expect(heldEntities(['modalidad', '33', 'queretaro', 'toluca'], passages)).toBe(0.75)
    expect(heldEntities([], passages)).toBe(1)
    expect(heldEntities(['3'], passages)).toBe(0)
  })
})
