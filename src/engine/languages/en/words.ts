/** English words: those that the lexical index drops, and those that show that a question is in English. */
import { stopwords as published } from '@orama/stopwords/english'
import { wordList } from '../word-list.ts'

/** Words that people wrap a question in and that say nothing about its subject. */
const AROUND_QUESTIONS =
  'whats hows wheres im ive dont doesnt didnt cant isnt arent please hi hello thanks etc'

export const ENGLISH_STOP_WORDS: readonly string[] = [...published, ...wordList(AROUND_QUESTIONS)]

/** Words of everyday questions and of this field that the published stop list does not hold. */
const EVERYDAY = `
    need get apply number office hours phone card birth certificate cost price free online without work worker workers pay paid paying lost wrong
    renew register registration where form forms marriage health insurance insured student students employer employers employee employees
    employed foreigner foreigners foreign address name names change changed long take takes year years old is whats requirements required
    require appointment appointments clinic clinics translation translator translated resident residents temporary permanent savings week weeks
    month months day days hour minute minutes check my hi hello thanks please says said know known moved move rate rates percent interest
    mortgage difference differences compare list lists unit units password reset account login log sign signed signature email mail letter page
    website site link download upload print file find found locate show tell explain help call open close closed book track status step steps
    guide example question answer buy sell rent house home car street city town country state law rule rules tax taxes income wage wages bank
    money cash fee fees amount bill payment payments loan credit balance withdraw transfer refund best worst top cheap cheapest near nearest
    today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday january february march june july august september october
    november december morning afternoon evening night birthday age born died death sick sickness illness disease pregnant pregnancy baby child
    children kid kids daughter wife husband mother father parents parent spouse family families friend boss company business owner job jobs hire
    hired fired quit retire retired retirement contract maid household domestic housekeeper cleaning gardener nanny driver cook freelancer
    freelance dependent dependents beneficiary beneficiaries member members join joining enroll enrolled enrollment cover covered covers coverage
    benefit benefits eligible qualify deadline expire expired expires valid validity mistake mistakes correct corrected fix update spelling
    missing duplicate lawyer attorney notary embassy consulate immigration migration passport citizen tourist traveler abroad border american
    english spanish documents document papers paperwork proof copy copies photo picture fingerprint fingerprints weather movie movies song music
    game games team player score league table recipe water food dinner lunch dog cat book books school teacher hospitals surgery medicine
    medicines drugs drug pharmacy doctors nurse emergency treatment waiting wait limit maximum minimum high low big small new bring give send
    receive issue issued issues keep lose leave start stop begin end work working use used using mean means center want wants wanted like think make made
  `

export const ENGLISH_WORDS: readonly string[] = [...published, ...wordList(EVERYDAY)]
