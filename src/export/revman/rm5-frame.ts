import { closing, element, leaf, opening } from '../../model/xml.ts'

/** An element that RevMan 5 fills in later, with those within it. */
const empty = (name: string, ...within: readonly string[]): string => element(name, {}, within.join(''))
const all = (...names: readonly string[]): string => names.map((name) => leaf(name)).join('')

const ADDRESS = empty(
  'ADDRESS',
  all('DEPARTMENT', 'ORGANISATION', 'ADDRESS_1', 'ADDRESS_2', 'CITY', 'ZIP', 'REGION'),
  leaf('COUNTRY', 'Not specified', { CODE: 'NONE' }),
  all('PHONE_1', 'PHONE_2', 'FAX_1', 'FAX_2'),
)

/** Somebody whom nobody has named yet: who takes the review over does. */
const person = (role: string): string =>
  element(
    'PERSON',
    { ID: '????', ROLE: role },
    all('PREFIX', 'FIRST_NAME', 'MIDDLE_INITIALS', 'LAST_NAME', 'SUFFIX', 'POSITION', 'EMAIL_1', 'EMAIL_2', 'URL') +
      leaf('MOBILE_PHONE') +
      ADDRESS +
      leaf('FOOTNOTE'),
  )

const date = (name: string): string => empty(name, leaf('DATE', '', { DAY: '', MONTH: '', YEAR: '' }))
const issue = (name: string): string => leaf(name, '', { ISSUE: '', YEAR: '' })

const coverSheet = (title: string): string =>
  empty(
    'COVER_SHEET',
    leaf('TITLE', title),
    empty('CONTACT', person('UNKNOWN')),
    empty('CREATORS', person('AUTHOR')),
    empty(
      'DATES',
      ...[date('UP_TO_DATE'), date('LAST_SEARCH'), date('NEXT_STAGE')],
      ...[issue('PROTOCOL_PUBLISHED'), issue('REVIEW_PUBLISHED'), issue('LAST_CITATION_ISSUE')],
    ),
    all('WHATS_NEW', 'HISTORY'),
    empty('SOURCES_OF_SUPPORT', all('INTERNAL_SOURCES', 'EXTERNAL_SOURCES')),
    leaf('MESH_TERMS', '', { VERIFIED: 'NO' }),
    leaf('KEYWORDS'),
  )

const METHODS = empty(
  'METHODS',
  empty(
    'SELECTION_CRITERIA',
    all('CRIT_STUDIES', 'CRIT_PARTICIPANTS', 'CRIT_INTERVENTIONS'),
    empty('CRIT_OUTCOMES', all('CRIT_OUTCOMES_PRIMARY', 'CRIT_OUTCOMES_SECONDARY')),
  ),
  empty('SEARCH_METHODS', all('ELECTRONIC_SEARCHES', 'OTHER_SEARCHES')),
  empty(
    'DATA_COLLECTION',
    all('STUDY_SELECTION', 'DATA_EXTRACTION', 'QUALITY_ASSESSMENT', 'EFFECT_MEASURES', 'UNIT_OF_ANALYSIS'),
    all('MISSING_DATA', 'HETEROGENEITY_ASSESSMENT', 'BIAS_ASSESSMENT', 'DATA_SYNTHESIS', 'SUBGROUP_ANALYSIS'),
    leaf('SENSITIVITY_ANALYSIS'),
  ),
)

const RESULTS = empty(
  'RESULTS',
  empty('STUDY_DESCRIPTION', all('SEARCH_RESULTS', 'INCLUDED_STUDIES_DESCR', 'EXCLUDED_STUDIES_DESCR')),
  empty('STUDY_QUALITY', all('ALLOCATION', 'BLINDING', 'EXCLUSIONS', 'SELECTIVE_REPORTING', 'OTHER_BIAS_SOURCES')),
  leaf('INTERVENTION_EFFECTS'),
)

const MAIN_TEXT = empty(
  'MAIN_TEXT',
  empty('SUMMARY', leaf('TITLE', '[Plain language title]'), empty('SUMMARY_BODY', leaf('P', '[Summary text]'))),
  empty(
    'ABSTRACT',
    all('ABS_BACKGROUND', 'ABS_OBJECTIVES', 'ABS_SEARCH_STRATEGY', 'ABS_SELECTION_CRITERIA', 'ABS_DATA_COLLECTION'),
    all('ABS_RESULTS', 'ABS_CONCLUSIONS'),
  ),
  empty(
    'BODY',
    empty('BACKGROUND', all('CONDITION', 'INTERVENTION', 'THEORY', 'IMPORTANCE')),
    ...[leaf('OBJECTIVES'), METHODS, RESULTS],
    empty(
      'DISCUSSION',
      all('SUMMARY_OF_RESULTS', 'APPLICABILITY_OF_FINDINGS', 'QUALITY_OF_EVIDENCE', 'POTENTIAL_BIASES', 'AGREEMENT'),
    ),
    empty('CONCLUSIONS', all('IMPLICATIONS_PRACTICE', 'IMPLICATIONS_RESEARCH')),
  ),
  all('ACKNOWLEDGEMENTS', 'CONFLICT_OF_INTEREST', 'CONTRIBUTIONS', 'PRO_REV_DIFF', 'PUBLIC_NOTES'),
)

/** A review of RevMan 5 up to its studies: its title, and the texts that are still to be written. */
export const beforeStudies = ({ id, title }: { readonly id: string; readonly title: string }): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    opening('COCHRANE_REVIEW', {
      ...{
        DESCRIPTION: '',
        DOI: '',
        GROUP_ID: '',
        ID: id,
        MERGED_FROM: '',
        REVIEW_NO: '',
        REVMAN_SUB_VERSION: '5.0.23',
      },
      ...{ REVMAN_VERSION: '5', SPLIT_FROM: '', STAGE: 'R', STATUS: 'A', TYPE: 'INTERVENTION', VERSION_NO: '0.0' },
    }),
    coverSheet(title),
    MAIN_TEXT,
    ...[opening('STUDIES_AND_REFERENCES'), opening('STUDIES'), opening('INCLUDED_STUDIES')],
  ].join('')

const BY_STUDY = { SORT_BY: 'STUDY' }
const NO_OWN_COLUMNS = { USER_DEF_1_ENABLED: 'NO', USER_DEF_2_ENABLED: 'NO', USER_DEF_3_ENABLED: 'NO' }

export const betweenStudiesAndCharacteristics = (): string =>
  [
    closing('INCLUDED_STUDIES'),
    all('EXCLUDED_STUDIES', 'AWAITING_STUDIES', 'ONGOING_STUDIES'),
    closing('STUDIES'),
    empty('OTHER_REFERENCES', all('ADDITIONAL_REFERENCES', 'OTHER_VERSIONS_REFERENCES', 'PENDING_REFERENCES')),
    closing('STUDIES_AND_REFERENCES'),
    opening('CHARACTERISTICS_OF_STUDIES'),
    opening('CHARACTERISTICS_OF_INCLUDED_STUDIES', { ...BY_STUDY, ...NO_OWN_COLUMNS }),
  ].join('')

export const afterCharacteristics = (): string =>
  [
    leaf('FOOTNOTES'),
    closing('CHARACTERISTICS_OF_INCLUDED_STUDIES'),
    element('CHARACTERISTICS_OF_EXCLUDED_STUDIES', BY_STUDY, leaf('FOOTNOTES')),
    element('CHARACTERISTICS_OF_AWAITING_STUDIES', { ...BY_STUDY, ...NO_OWN_COLUMNS }, leaf('FOOTNOTES')),
    element('CHARACTERISTICS_OF_ONGOING_STUDIES', { ...BY_STUDY, ...NO_OWN_COLUMNS }, leaf('FOOTNOTES')),
    closing('CHARACTERISTICS_OF_STUDIES'),
  ].join('')

export const beforeAnalyses = (): string =>
  all('SOF_TABLES', 'ADDITIONAL_TABLES') + opening('ANALYSES_AND_DATA', { CALCULATED_DATA: 'YES' })

export const afterAnalyses = (): string =>
  closing('ANALYSES_AND_DATA') + all('FIGURES', 'FEEDBACK', 'APPENDICES', 'EXTENSIONS') + closing('COCHRANE_REVIEW')
