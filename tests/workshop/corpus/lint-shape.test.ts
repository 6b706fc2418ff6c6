import { expect, it } from 'vitest'
import { readCorpus } from '../../../src/start/build.ts'
import { lintShape } from '../../../workshop/corpus/lint-shape.ts'
import { guideFile, lineOf } from '../../fixtures/guide-file.ts'

it('names the first heading of a guide that does not begin with its quick answer', () => {
  const file = guideFile()
  expect(lintShape(file)).toEqual([
    { path: file.path, line: lineOf(file, '## What it costs'), message: expect.any(String) },
  ])
})

it('accepts a quick answer under any title', () => {
  expect(
    lintShape(guideFile([['anchors: { ', 'anchors: { What it costs: quick-answer, ']])),
  ).toEqual([])
})

it('finds the quick answer first in every guide of the corpus', async () => {
  const { guides } = await readCorpus('corpus')
  expect(guides.flatMap(lintShape)).toEqual([])
})
