/** The settings: each has a default and is read from the environment and validated once, at startup. */
import * as z from 'zod'
import { RetrievalError } from '../engine/core/errors.ts'
import { packagePath } from './package-folder.ts'

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `a whole number from ${min} to ${max}`)

const isHttpUrl = (value: string): boolean => {
  try {
    return ['http:', 'https:'].includes(new URL(value).protocol)
  } catch {
    return false
  }
}

/** An origin as browsers send it: without a path, not even a trailing slash. */
const isOrigin = (value: string): boolean => isHttpUrl(value) && new URL(value).origin === value

const isHostName = (value: string): boolean =>
  URL.canParse(`http://${value}/`) && new URL(`http://${value}/`).hostname === value

type Setting = {
  readonly fallback: string
  readonly about: string
  /** The default is a folder of the package; a given value is relative to the current folder. */
  readonly packaged?: true
  readonly schema: z.ZodType<unknown, string>
}

/** Name, default, meaning and validation of every setting: the only list, used by `parseConfig`, `--help` and docs/settings.md. */
export const SETTINGS = {
  PORT: { fallback: '8787', about: 'port; 0 picks a free one', schema: whole(0, 65_535) },
  HOST: {
    fallback: '127.0.0.1',
    about: 'address to listen on',
    schema: z.string().min(1, 'an address or a host name'),
  },
  PUBLIC_BASE_URL: {
    fallback: '',
    about: 'base of all citation URLs; http://HOST:PORT if empty',
    schema: z
      .string()
      .refine((value) => value === '' || isHttpUrl(value), 'an http or https URL')
      .transform((value) => value.replace(/\/+$/, '')),
  },
  INDEX_DIR: {
    fallback: 'index',
    about: 'folder of the built index',
    packaged: true,
    schema: z.string().min(1, 'a folder'),
  },
  MODEL_DIR: {
    fallback: 'models/multilingual-e5-small-en-es',
    about: 'folder of the embedding model; contains its embedding.json',
    packaged: true,
    schema: z.string().min(1, 'a folder'),
  },
  MODEL_SESSIONS: {
    fallback: '1',
    about:
      'questions embedded in parallel, each by its own copy of the model (some 120 MB) in its own thread',
    schema: whole(1, 64),
  },
  MODEL_THREADS: {
    fallback: '1',
    about: 'threads per inference; raising MODEL_SESSIONS helps more',
    schema: whole(1, 64),
  },
  VECTOR_INDEX: {
    fallback: 'auto',
    about: 'flat (exact), hnsw (approximate) or auto (by size)',
    schema: z.enum(['auto', 'flat', 'hnsw'], 'auto, flat or hnsw'),
  },
  RERANKER_DIR: {
    fallback: '',
    about:
      'folder of a local cross-encoder that reorders the first 20 passages; no reranking if empty. It must contain config.json, tokenizer.json, tokenizer_config.json and onnx/model_quantized.onnx or onnx/model.onnx; the model must output one logit per pair, or two of which the second means "relevant"',
    schema: z.string(),
  },
  RERANKER_TIMEOUT_MS: {
    fallback: '1000',
    about:
      'milliseconds that reranking may take; after that the passages keep their original order',
    schema: whole(1, 600_000),
  },
  LOG_LEVEL: {
    fallback: 'info',
    about: 'fatal, error, warn, info, debug, trace or silent',
    schema: z.enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'fatal, error, warn, info, debug, trace or silent',
    ),
  },
  MAX_BODY_BYTES: {
    fallback: '65536',
    about: 'largest request body, in bytes',
    schema: whole(1024, 16_777_216),
  },
  MAX_QUEUE: {
    fallback: '256',
    about: 'questions in progress or waiting; further ones are refused with 503 and Retry-After',
    schema: whole(1, 100_000),
  },
  RATE_LIMIT_PER_MINUTE: {
    fallback: '0',
    about:
      'requests to /retrieve, /ask, /verify and /mcp that one client may send per minute; further ones are refused with 429 and Retry-After; 0 for no limit',
    schema: whole(0, 10_000),
  },
  TRUST_PROXY: {
    fallback: '0',
    about:
      'number of trusted proxies in front that append to X-Forwarded-For, for the rate limit; 0 ignores the header',
    schema: whole(0, 16),
  },
  CORS_ORIGINS: {
    fallback: '',
    about: 'origins from which browsers may call the service, separated by commas; * for any',
    schema: z
      .string()
      .transform((value) =>
        value
          .split(',')
          .map((origin) => origin.trim())
          .filter((origin) => origin !== ''),
      )
      .refine(
        (origins) => origins.every((origin) => origin === '*' || isOrigin(origin)),
        'a list of origins such as https://example.org (no path, no slash at the end), or *',
      ),
  },
  ALLOWED_HOSTS: {
    fallback: '',
    about:
      'further host names under which /mcp is served, separated by commas; * for any (localhost, HOST and the host of PUBLIC_BASE_URL are always allowed)',
    schema: z
      .string()
      .transform((value) =>
        value
          .split(',')
          .map((host) => host.trim().toLowerCase())
          .filter((host) => host !== ''),
      )
      .refine(
        (hosts) => hosts.every((host) => host === '*' || isHostName(host)),
        'a list of host names such as guides.example.org (no port, no slash), or *',
      ),
  },
} satisfies Record<string, Setting>

type Settings = typeof SETTINGS
export type Config = { readonly [Name in keyof Settings]: z.output<Settings[Name]['schema']> }

/** Throws `config_invalid`, naming every invalid setting, its value and what is allowed. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = []
  const entries = Object.entries<Setting>(SETTINGS).map(([name, setting]) => {
    const given = env[name]
    // An empty variable counts as unset, as is usual in shells.
    const unset = given === undefined || given === ''
    const fallback = setting.packaged ? packagePath(setting.fallback) : setting.fallback
    const result = setting.schema.safeParse(unset ? fallback : given)
    if (!result.success) {
      faults.push(
        `${name}=${JSON.stringify(given)} is not allowed: use ${result.error.issues[0]?.message}`,
      )
    }
    return [name, result.data]
  })
  if (faults.length > 0) throw new RetrievalError('config_invalid', faults.join('\n'))
  // Every entry was parsed by the schema of its name.
  return Object.fromEntries(entries) as Config
}

/** The base of citation URLs when no server is running: the address that `nss-copilot serve` would have. */
export function citationBase(config: Pick<Config, 'PUBLIC_BASE_URL' | 'HOST' | 'PORT'>): string {
  return config.PUBLIC_BASE_URL || `http://${config.HOST}:${config.PORT}`
}

/** The settings as lines for `--help`. */
export function describeSettings(): string {
  const width = Math.max(...Object.keys(SETTINGS).map((name) => name.length))
  return Object.entries(SETTINGS)
    .map(
      ([name, { fallback, about }]) => `  ${name.padEnd(width)}  ${about} [${fallback || 'none'}]`,
    )
    .join('\n')
}
