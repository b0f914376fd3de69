import type { StudyRows } from '../../model/study-record.ts'
import type { RowBook } from '../rows/row-book.ts'
import type { CtgovStudy, Protocol, Results } from './study-shape.ts'

/** What a record says of the study as a whole, and no column is for, each as a text with its name. */
export function addTexts(
  book: RowBook,
  { protocolSection, resultsSection, documentSection, hasResults }: CtgovStudy,
): void {
  if (protocolSection !== undefined) addProtocolTexts(book, protocolSection)
  if (resultsSection !== undefined) addResultTexts(book, resultsSection)
  const documents = documentSection?.largeDocumentModule
  book.text('documents', 'no statistical analysis plan', documents?.noSap)
  for (const { label, filename, date } of documents?.largeDocs ?? [])
    book.text(
      'documents',
      filename ?? 'document',
      [label, date].filter((each) => each !== undefined).join(', ') || 'a file',
    )
  book.text('results', 'has results', hasResults)
}

function addProtocolTexts(book: RowBook, protocol: Protocol): void {
  const { identificationModule: identification, designModule: design, sponsorCollaboratorsModule: sponsors } = protocol
  const { statusModule: status, oversightModule: oversight, descriptionModule: description } = protocol
  const add = (module: string, texts: Readonly<Record<string, string | boolean | undefined>>) => {
    for (const [name, text] of Object.entries(texts)) book.text(module, name, text)
  }
  const all = (module: string, name: string, texts: readonly string[] = []) => {
    for (const text of texts) book.text(module, name, text)
  }
  add('identification', {
    'brief title': identification?.briefTitle,
    organisation: identification?.organization?.fullName,
    'class of organisation': identification?.organization?.class,
  })
  add('status', {
    'last verified': status?.statusVerifiedDate,
    'last known status': status?.lastKnownStatus,
    'posting delayed': status?.delayedPosting,
    'why it stopped': status?.whyStopped,
    'kind of start date': status?.startDateStruct?.type,
    'primary completion': status?.primaryCompletionDateStruct?.date,
    'kind of primary completion': status?.primaryCompletionDateStruct?.type,
    'kind of completion date': status?.completionDateStruct?.type,
    'first submitted': status?.studyFirstSubmitDate,
    'first posted': status?.studyFirstPostDateStruct?.date,
    'kind of first posting': status?.studyFirstPostDateStruct?.type,
    'results waived': status?.resultsWaived,
    'results first submitted': status?.resultsFirstSubmitDate,
    'results first posted': status?.resultsFirstPostDateStruct?.date,
    'kind of first posting of results': status?.resultsFirstPostDateStruct?.type,
    'last update submitted': status?.lastUpdateSubmitDate,
    'last update posted': status?.lastUpdatePostDateStruct?.date,
    'kind of last posting': status?.lastUpdatePostDateStruct?.type,
    'expanded access': status?.expandedAccessInfo?.hasExpandedAccess,
    'expanded access record': status?.expandedAccessInfo?.nctId,
    'expanded access status': status?.expandedAccessInfo?.statusForNctId,
  })
  add('sponsor', {
    'lead sponsor': sponsors?.leadSponsor?.name,
    'class of lead sponsor': sponsors?.leadSponsor?.class,
    'responsible party': sponsors?.responsibleParty?.type,
    investigator: sponsors?.responsibleParty?.investigatorFullName,
    "investigator's affiliation": sponsors?.responsibleParty?.investigatorAffiliation,
    'responsible organisation': sponsors?.responsibleParty?.oldOrganization,
  })
  for (const { name, class: kind } of sponsors?.collaborators ?? []) {
    book.text('sponsor', 'collaborator', name)
    book.text('sponsor', 'class of collaborator', kind)
  }
  add('oversight', {
    'data monitoring committee': oversight?.oversightHasDmc,
    'US-regulated drug': oversight?.isFdaRegulatedDrug,
    'US-regulated device': oversight?.isFdaRegulatedDevice,
    'unapproved device': oversight?.isUnapprovedDevice,
    'violation of FDAAA 801': oversight?.fdaaa801Violation,
  })
  add('description', {
    'brief summary': description?.briefSummary,
    'detailed description': description?.detailedDescription,
  })
  all('conditions', 'keyword', protocol.conditionsModule?.keywords)
  const info = design?.designInfo
  add('design', {
    'individual expanded access': design?.expandedAccessTypes?.individual,
    'intermediate-size expanded access': design?.expandedAccessTypes?.intermediate,
    'expanded access for treatment': design?.expandedAccessTypes?.treatment,
    'patient registry': design?.patientRegistry,
    'target duration': design?.targetDuration,
    'description of intervention model': info?.interventionModelDescription,
    'observational model': info?.observationalModel,
    'time perspective': info?.timePerspective,
    'description of masking': info?.maskingInfo?.maskingDescription,
    'retention of biospecimens': design?.bioSpec?.retention,
    'description of biospecimens': design?.bioSpec?.description,
    'kind of enrolment': design?.enrollmentInfo?.type,
  })
  all('design', 'who is masked', info?.maskingInfo?.whoMasked)
  const eligibility = protocol.eligibilityModule
  add('eligibility', {
    'healthy volunteers': eligibility?.healthyVolunteers,
    sex: eligibility?.sex,
    'gender based': eligibility?.genderBased,
    'description of gender': eligibility?.genderDescription,
    'minimum age': eligibility?.minimumAge,
    'maximum age': eligibility?.maximumAge,
    'study population': eligibility?.studyPopulation,
    'sampling method': eligibility?.samplingMethod,
  })
  all('eligibility', 'age group', eligibility?.stdAges)
  const countries = protocol.contactsLocationsModule?.locations.flatMap(({ country }) => country ?? []) ?? []
  all('locations', 'country', [...new Set(countries)])
  const sharing = protocol.ipdSharingStatementModule
  add('data sharing', {
    'individual data': sharing?.ipdSharing,
    description: sharing?.description,
    'time frame': sharing?.timeFrame,
    access: sharing?.accessCriteria,
    address: sharing?.url,
  })
  all('data sharing', 'what is shared', sharing?.infoTypes)
}

function addResultTexts(book: RowBook, results: Results): void {
  const { participantFlowModule: flow, baselineCharacteristicsModule: baseline, adverseEventsModule: harms } = results
  const { limitationsAndCaveats, certainAgreement } = results.moreInfoModule ?? {}
  book.text('participant flow', 'recruitment', flow?.recruitmentDetails)
  book.text('participant flow', 'before assignment', flow?.preAssignmentDetails)
  book.text('participant flow', 'units counted', flow?.typeUnitsAnalyzed)
  book.text('baseline', 'units analysed', baseline?.typeUnitsAnalyzed)
  book.text('adverse events', 'frequency threshold, per cent', harms?.frequencyThreshold)
  book.text('adverse events', 'time frame', harms?.timeFrame)
  book.text('adverse events', 'description', harms?.description)
  book.text('adverse events', 'comment on deaths', harms?.allCauseMortalityComment)
  book.text('more information', 'limitations and caveats', limitationsAndCaveats?.description)
  book.text('more information', 'investigators employed by sponsor', certainAgreement?.piSponsorEmployee)
  book.text('more information', 'agreement restricts publication', certainAgreement?.restrictiveAgreement)
  book.text('more information', 'kind of restriction', certainAgreement?.restrictionType)
  book.text('more information', 'details of restriction', certainAgreement?.otherDetails)
}

const KINDS = { background: 'background', result: 'result', derived: 'derived' } as const

/** The publications and pages that a record names. */
export function addReferences(book: RowBook, { referencesModule }: Protocol): void {
  const { studyReference } = book.rows
  type Reference = StudyRows['studyReference'][number]
  const add = (reference: Pick<Reference, 'kind'> & Partial<Reference>): number => {
    const position = studyReference.length + 1
    const nothing = { pmid: null, citation: null, url: null, note: null, retracts: null }
    studyReference.push({ ...nothing, ...reference, studyId: book.slug, position })
    return position
  }
  for (const { pmid, type, citation, retractions } of referencesModule?.references ?? []) {
    const word = type?.toLowerCase() ?? 'background'
    const kind = Object.hasOwn(KINDS, word) ? KINDS[word as keyof typeof KINDS] : undefined
    const note = kind === undefined ? (type ?? null) : null
    const retracts = add({ kind: kind ?? 'background', pmid: pmid ?? null, citation: citation ?? null, note })
    for (const notice of retractions)
      add({ kind: 'retraction', pmid: notice.pmid ?? null, citation: notice.source ?? null, retracts })
  }
  for (const { label, url } of referencesModule?.seeAlsoLinks ?? [])
    add({ kind: 'link', citation: label ?? null, url: url ?? null })
  for (const { id, type, url, comment } of referencesModule?.availIpds ?? []) {
    const citation = [type, id].filter((each) => each !== undefined).join(': ') || null
    add({ kind: 'participant_data', citation, url: url ?? null, note: comment ?? null })
  }
}
