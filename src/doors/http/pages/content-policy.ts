/** What browsers may do on our pages: nothing is loaded from elsewhere and nothing inline runs. */
import type { ContentSecurityPolicy } from '../route.ts'

/** Pages load our style sheet and icon only, run no script, and send forms to this service alone. */
export const PAGE_POLICY: ContentSecurityPolicy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  // Page checkers fetch robots.txt from inside the page.
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

/** The API reference also runs our script, which sends the examples. */
export const DOCS_POLICY: ContentSecurityPolicy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}
