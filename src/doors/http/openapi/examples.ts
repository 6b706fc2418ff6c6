/** Example request bodies for the OpenAPI document; each can be sent as it is. */
import type { RetrievalInput } from '../../../engine/core/retrieval.ts'
import type { VerificationRequest } from '../../../engine/core/verification.ts'

type Examples<T> = Readonly<Record<string, { readonly summary: string; readonly value: T }>>

export const RETRIEVAL_EXAMPLES: Examples<RetrievalInput> = {
  question: {
    summary: 'A question in Spanish',
    value: { query: 'no tengo acta apostillada, ¿puedo sacar el NSS?' },
  },
  narrowed: {
    summary: 'Three English passages of two guides, with scores explained',
    value: {
      query: 'When is the NSS counter open?',
      limit: 3,
      languages: ['en'],
      guides: ['nss', 'offices-and-representatives'],
      explain: true,
    },
  },
  claude: {
    summary: 'As search_result blocks for Claude',
    value: { query: 'What does the NSS cost?', format: 'anthropic', limit: 2 },
  },
  silent: {
    summary: 'A question that the guides do not answer',
    value: { query: 'Who won the chess championship in 1972?' },
  },
}

export const VERIFICATION_EXAMPLES: Examples<VerificationRequest> = {
  quotes: {
    summary: 'A correct quote, a changed one, and one from another guide',
    value: {
      citations: [
        { quote: 'The NSS procedure is free', guide: 'nss' },
        {
          quote: 'Office hours for the NSS in person are 8:00 to 16:30',
          guide: 'nss',
          language: 'en',
        },
        { quote: 'The NSS procedure is free', url: '/guides/curp?lang=en#top' },
      ],
    },
  },
}
