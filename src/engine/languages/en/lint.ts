/** What `npm run corpus:lint` looks for in English guides. */
import type { LintWords } from '../profile.ts'
import { wordList } from '../word-list.ts'

export const ENGLISH_LINT: LintWords = {
  emptyHeadingWords: wordList(`
    a an and for in more of on other the this to also about additional background basics comments conclusion
    considerations description details documents extra faq final further general hints important info information
    intro introduction key main misc miscellaneous note notes other others overview points process procedure
    questions reading remarks requirements section start steps summary things tips useful warning warnings`),
  leaningOpenings: [
    /^(?:this|that|these|those)(?: (?:also|then|too|however|only|usually|often|alone))? (?:is|are|was|were|has|have|had|does|do|did|can|may|might|must|should|will|would|applies|apply|holds|means|includes|goes|works|happens|makes|gives|takes|needs|requires|depends|covers|counts|costs)\b/i,
    /^(?:it|they|he|she)(?:'s|’s|'re|’re)? (?!(?:is|was)(?: not)? (?:wrong|false|untrue|true|clear|unclear|uncertain|likely|unlikely|possible|safer|better|best) (?:that|to|for|whether)\b|follows (?:from .{1,60} )?that\b)/i,
    /^(?:as|see|like) (?:\w+ )?(?:above|below|before|earlier|mentioned|noted|said|stated|explained|described|shown)\b/i,
    /^(?:the|both of the) (?:latter|former|above|following)\b/i,
    /^the same (?:applies|apply|is|are|holds|goes|rule|rules|thing)\b/i,
    /^(?:also|likewise|similarly|moreover|furthermore|additionally|otherwise|therefore|however|hence|thus|consequently)\b,?/i,
    /^(?:in|for) (?:this|that|such|either|these|those|both) (?:case|cases|event|situation|reason|purpose)s?\b/i,
    /^(?:if|when) (?:so|not|this is|that is|they|it)\b/i,
    /^(?:of|for|to|with|without|after|before|because of) (?:this|that|it|them)(?:,| (?:is|you|also)\b)/i,
    /^(?:yes|no|probably(?: not)?|not (?:yet|always|necessarily)|maybe|perhaps)\s*[,.;:—–-]/i,
  ],
  // Oxford spelling (British, with -ize), as in most guides.
  terms: [
    { preferred: 'naturaliz*', refused: ['naturalis*'] },
    { preferred: 'legaliz*', refused: ['legalis*'] },
    { preferred: 'recogniz*', refused: ['recognis*'] },
    { preferred: 'regulariz*', refused: ['regularis*'] },
    { preferred: 'authoriz*', refused: ['authoris*'] },
    { preferred: 'organiz*', refused: ['organis*'] },
    { preferred: 'summariz*', refused: ['summaris*'] },
    { preferred: 'enrol', refused: ['enroll'] },
    { preferred: 'enrolment', refused: ['enrollment', 'inrolment'] },
    { preferred: 'labour', refused: ['labor'] },
    { preferred: 'centre', refused: ['center'] },
    { preferred: 'programme', refused: ['program'] },
    { preferred: 'professional licence', refused: ['professional license'] },
    { preferred: 'dependent', refused: ['dependant'] },
    { preferred: 'dependents', refused: ['dependants'] },
    { preferred: 'health care', refused: ['healthcare', 'health-care'] },
    { preferred: 'email', refused: ['e-mail'] },
    { preferred: 'website', refused: ['web site', 'web-site'] },
    { preferred: 'online', refused: ['on-line'] },
    { preferred: 'toward', refused: ['towards'] },
    { preferred: 'residence card', refused: ['residency card', 'residence-card'] },
    { preferred: 'migration document', refused: ['immigration document', 'migratory document'] },
    { preferred: 'contribution weeks', refused: ['weeks of contribution', 'contributed weeks'] },
    { preferred: 'apostilled', refused: ['apostilized', 'apostillized', 'apostilised'] },
    { preferred: 'postal code', refused: ['zip code', 'postcode', 'post code'] },
    { preferred: 'birthplace', refused: ['birth place', 'birth-place'] },
  ],
}
