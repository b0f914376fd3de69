import { child, children, type XmlElement } from '../stream/xml-element.ts'
import { capitals, isoDate, type LegacySource, yesNo } from './legacy-source.ts'

/** A legacy record's protocol, in the shape of the newer format. */
export function legacyProtocol(source: LegacySource, study: XmlElement): object {
  const text = (...path: readonly string[]) => source.text(study, ...path)
  const dated = (name: string) => {
    const element = child(study, name)
    return element && { date: isoDate(source.text(element)), type: capitals(source.attribute(element, 'type')) }
  }
  const date = (...names: readonly string[]) =>
    isoDate(names.map((name) => text(name)).find((each) => each !== undefined))
  const agency = (element: XmlElement | undefined) =>
    element && { name: source.text(element, 'agency'), class: capitals(source.text(element, 'agency_class')) }
  const party = child(study, 'responsible_party')
  return {
    identificationModule: {
      nctId: text('id_info', 'nct_id'),
      nctIdAliases: source.texts(child(study, 'id_info'), 'nct_alias'),
      orgStudyIdInfo: { id: text('id_info', 'org_study_id') },
      secondaryIdInfos: source.texts(child(study, 'id_info'), 'secondary_id').map((id) => ({ id })),
      briefTitle: text('brief_title'),
      officialTitle: text('official_title'),
      acronym: text('acronym'),
      organization: { fullName: text('source') },
    },
    statusModule: {
      statusVerifiedDate: date('verification_date'),
      overallStatus: capitals(text('overall_status')),
      lastKnownStatus: capitals(text('last_known_status')),
      whyStopped: text('why_stopped'),
      expandedAccessInfo: { hasExpandedAccess: yesNo(text('has_expanded_access')) },
      startDateStruct: dated('start_date'),
      primaryCompletionDateStruct: dated('primary_completion_date'),
      completionDateStruct: dated('completion_date'),
      studyFirstSubmitDate: date('study_first_submitted', 'firstreceived_date'),
      studyFirstPostDateStruct: dated('study_first_posted'),
      resultsFirstSubmitDate: date('results_first_submitted', 'firstreceived_results_date'),
      resultsFirstPostDateStruct: dated('results_first_posted'),
      lastUpdateSubmitDate: date('last_update_submitted', 'lastchanged_date'),
      lastUpdatePostDateStruct: dated('last_update_posted'),
    },
    sponsorCollaboratorsModule: {
      leadSponsor: agency(child(study, 'sponsors', 'lead_sponsor')),
      collaborators: children(child(study, 'sponsors'), 'collaborator').map(agency),
      responsibleParty: party && {
        // Of the oldest records the whole is a text.
        type: capitals(source.text(party, 'responsible_party_type')),
        investigatorFullName: source.text(party, 'investigator_full_name'),
        investigatorAffiliation: source.text(party, 'investigator_affiliation'),
        oldOrganization: source.text(party, 'organization') ?? source.text(party),
      },
    },
    oversightModule: {
      oversightHasDmc: yesNo(text('oversight_info', 'has_dmc')),
      isFdaRegulatedDrug: yesNo(text('oversight_info', 'is_fda_regulated_drug')),
      isFdaRegulatedDevice: yesNo(text('oversight_info', 'is_fda_regulated_device')),
    },
    descriptionModule: { briefSummary: text('brief_summary'), detailedDescription: text('detailed_description') },
    conditionsModule: { conditions: source.texts(study, 'condition'), keywords: source.texts(study, 'keyword') },
    designModule: legacyDesign(source, study),
    armsInterventionsModule: legacyArms(source, study),
    outcomesModule: {
      primaryOutcomes: planned(source, study, 'primary_outcome'),
      secondaryOutcomes: planned(source, study, 'secondary_outcome'),
      otherOutcomes: planned(source, study, 'other_outcome'),
    },
    eligibilityModule: legacyEligibility(source, study),
    contactsLocationsModule: { locations: countries(source, study).map((country) => ({ country })) },
    referencesModule: legacyReferences(source, study),
    ipdSharingStatementModule: {
      ipdSharing: capitals(text('patient_data', 'sharing_ipd')),
      description: text('patient_data', 'ipd_description'),
      timeFrame: text('patient_data', 'ipd_time_frame'),
      accessCriteria: text('patient_data', 'ipd_access_criteria'),
      url: text('patient_data', 'ipd_url'),
      infoTypes: source.texts(child(study, 'patient_data'), 'ipd_info_type'),
    },
  }
}

const PHASES: Readonly<Record<string, readonly string[]>> = {
  'n/a': ['NA'],
  'phase 0': ['EARLY_PHASE1'],
  'early phase 1': ['EARLY_PHASE1'],
}

function legacyDesign(source: LegacySource, study: XmlElement): object {
  const info = child(study, 'study_design_info')
  const type = source.text(study, 'study_type')
  // Older records have the whole design in one text: "Allocation: Randomized, Masking: Open Label".
  const old = new Map<string, string>()
  const design = source.text(study, 'study_design')
  for (const [, name = '', value = ''] of design?.matchAll(/([A-Z][A-Za-z ]+): *((?:[^,(:]|\([^)]*\))+)(?:,|$)/g) ?? [])
    old.set(name.toLowerCase(), value.trim())
  const of = (name: string) => source.text(info, name.replaceAll(' ', '_')) ?? old.get(name)
  const endpoint = old.get('endpoint classification')
  const [, masking, masked] = /^([^(]+?)(?: Blind)?(?: \(([^)]*)\))?$/i.exec(of('masking') ?? '') ?? []
  const phase = source.text(study, 'phase')
  const enrolment = child(study, 'enrollment')
  const size = capitals(source.attribute(enrolment, 'type'))
  return {
    studyType: capitals(type?.replace(/ \[.*\]$/, '')),
    patientRegistry: type?.includes('[Patient Registry]') ? true : undefined,
    targetDuration: source.text(study, 'target_duration'),
    phases:
      phase === undefined
        ? []
        : (PHASES[phase.toLowerCase()] ?? phase.split('/').map((each) => each.toUpperCase().replace(' ', ''))),
    designInfo: {
      allocation: capitals(of('allocation')?.replace(/^N\/A.*$/i, 'NA')),
      interventionModel: capitals(of('intervention model')?.replace(/ Assignment$/i, '')),
      interventionModelDescription: [
        of('intervention model description'),
        endpoint && `Endpoint Classification: ${endpoint}`,
      ]
        .filter((each) => each !== undefined && each !== '')
        .join('\n'),
      primaryPurpose: capitals(of('primary purpose')),
      observationalModel: capitals(of('observational model')),
      timePerspective: capitals(of('time perspective')),
      maskingInfo: {
        masking: /^(?:none|open label)$/i.test(masking ?? '') ? 'NONE' : capitals(masking),
        maskingDescription: of('masking description'),
        whoMasked: /open label/i.test(masked ?? '') ? [] : (masked?.split(/, */) ?? []).map((each) => capitals(each)),
      },
    },
    bioSpec: {
      retention: capitals(source.text(study, 'biospec_retention')),
      description: source.text(study, 'biospec_descr'),
    },
    enrollmentInfo: enrolment && {
      count: source.text(enrolment),
      type: size === 'ANTICIPATED' ? 'ESTIMATED' : size,
    },
  }
}

const legacyArms = (source: LegacySource, study: XmlElement): object => ({
  armGroups: children(study, 'arm_group').map((arm) => ({
    label: source.text(arm, 'arm_group_label'),
    type: capitals(source.text(arm, 'arm_group_type')),
    description: source.text(arm, 'description'),
  })),
  interventions: children(study, 'intervention').map((intervention) => ({
    type: capitals(source.text(intervention, 'intervention_type')),
    name: source.text(intervention, 'intervention_name'),
    description: source.text(intervention, 'description'),
    armGroupLabels: source.texts(intervention, 'arm_group_label'),
    otherNames: source.texts(intervention, 'other_name'),
  })),
})

const planned = (source: LegacySource, study: XmlElement, name: string): readonly object[] =>
  children(study, name).map((outcome) => ({
    measure: source.text(outcome, 'measure'),
    description: source.text(outcome, 'description'),
    timeFrame: source.text(outcome, 'time_frame'),
  }))

function legacyEligibility(source: LegacySource, study: XmlElement): object {
  const eligibility = child(study, 'eligibility')
  const text = (name: string) => source.text(eligibility, name)
  const [gender, healthy] = [text('gender'), text('healthy_volunteers')]
  return {
    eligibilityCriteria: text('criteria'),
    healthyVolunteers: /^accepts/i.test(healthy ?? '') ? true : yesNo(healthy),
    sex: /^both$/i.test(gender ?? '') ? 'ALL' : capitals(gender),
    genderBased: yesNo(text('gender_based')),
    genderDescription: text('gender_description'),
    minimumAge: text('minimum_age'),
    maximumAge: text('maximum_age'),
    studyPopulation: text('study_pop'),
    samplingMethod: capitals(text('sampling_method')),
  }
}

function countries(source: LegacySource, study: XmlElement): readonly string[] {
  const ofPlaces = children(study, 'location').flatMap(
    (place) => source.text(place, 'facility', 'address', 'country') ?? [],
  )
  return [...source.texts(child(study, 'location_countries'), 'country'), ...ofPlaces]
}

const legacyReferences = (source: LegacySource, study: XmlElement): object => ({
  references: [
    ...(['reference', 'results_reference'] as const).flatMap((name) =>
      children(study, name).map((reference) => ({
        pmid: source.text(reference, 'PMID'),
        citation: source.text(reference, 'citation'),
        type: name === 'reference' ? 'BACKGROUND' : 'RESULT',
      })),
    ),
  ],
  seeAlsoLinks: children(study, 'link').map((link) => ({
    label: source.text(link, 'description'),
    url: source.text(link, 'url'),
  })),
  availIpds: children(child(study, 'study_docs'), 'study_doc').map((document) => ({
    id: source.text(document, 'doc_id'),
    type: source.text(document, 'doc_type'),
    url: source.text(document, 'doc_url'),
    comment: source.text(document, 'doc_comment'),
  })),
})
