import { flag, heeded, list, part, printed, raw, type Seen, text } from './shape.ts'

// What a record of ClinicalTrials.gov's API, version 2, has. `raw` is what stays in the kept record alone; RAW_LEAVES says why.

const group = part({ id: text, title: text, description: text })
const counts = part({ groupId: text, value: printed })
const denominator = part({ units: text, counts: list(counts) })
const dated = part({ date: text, type: text })
const named = part({ name: text, class: text })

const measurement = part({
  groupId: text,
  value: printed,
  spread: printed,
  lowerLimit: printed,
  upperLimit: printed,
  comment: text,
})
const category = part({ title: text, measurements: list(measurement) })
const klass = part({ title: text, denoms: list(denominator), categories: list(category) })

const analysis = part({
  groupIds: list(text),
  groupDescription: text,
  paramType: text,
  paramValue: printed,
  dispersionType: text,
  dispersionValue: printed,
  statisticalMethod: text,
  statisticalComment: text,
  pValue: printed,
  pValueComment: text,
  ciNumSides: text,
  ciPctValue: printed,
  ciLowerLimit: printed,
  ciUpperLimit: printed,
  ciLowerLimitComment: text,
  ciUpperLimitComment: text,
  estimateComment: text,
  testedNonInferiority: flag,
  nonInferiorityType: text,
  nonInferiorityComment: text,
  otherAnalysisDescription: text,
})

const outcome = part({
  type: text,
  title: text,
  description: text,
  populationDescription: text,
  reportingStatus: text,
  anticipatedPostingDate: text,
  paramType: text,
  dispersionType: text,
  unitOfMeasure: text,
  calculatePct: flag,
  timeFrame: text,
  typeUnitsAnalyzed: text,
  denomUnitsSelected: text,
  groups: list(group),
  denoms: list(denominator),
  classes: list(klass),
  analyses: list(analysis),
})

const measure = part({
  title: text,
  description: text,
  populationDescription: text,
  paramType: text,
  dispersionType: text,
  unitOfMeasure: text,
  calculatePct: flag,
  denomUnitsSelected: text,
  denoms: list(denominator),
  classes: list(klass),
})

const achievement = part({ groupId: text, comment: text, numSubjects: printed, numUnits: printed })
const dropReason = part({ groupId: text, comment: text, numSubjects: printed })
const period = part({
  title: text,
  milestones: list(part({ type: text, comment: text, achievements: list(achievement) })),
  dropWithdraws: list(part({ type: text, comment: text, reasons: list(dropReason) })),
})

const harm = part({
  term: text,
  organSystem: text,
  sourceVocabulary: text,
  assessmentType: text,
  notes: text,
  stats: list(part({ groupId: text, numEvents: printed, numAffected: printed, numAtRisk: printed })),
})
const eventGroup = part({
  id: text,
  title: text,
  description: text,
  deathsNumAffected: printed,
  deathsNumAtRisk: printed,
  seriousNumAffected: printed,
  seriousNumAtRisk: printed,
  otherNumAffected: printed,
  otherNumAtRisk: printed,
})

const results = part({
  participantFlowModule: part({
    preAssignmentDetails: text,
    recruitmentDetails: text,
    typeUnitsAnalyzed: text,
    groups: list(group),
    periods: list(period),
  }),
  baselineCharacteristicsModule: part({
    populationDescription: text,
    typeUnitsAnalyzed: text,
    groups: list(group),
    denoms: list(denominator),
    measures: list(measure),
  }),
  outcomeMeasuresModule: part({ outcomeMeasures: list(outcome) }),
  adverseEventsModule: part({
    frequencyThreshold: printed,
    timeFrame: text,
    description: text,
    allCauseMortalityComment: text,
    eventGroups: list(eventGroup),
    seriousEvents: list(harm),
    otherEvents: list(harm),
  }),
  moreInfoModule: part({
    limitationsAndCaveats: part({ description: text }),
    certainAgreement: part({
      piSponsorEmployee: flag,
      restrictionType: text,
      restrictiveAgreement: flag,
      otherDetails: text,
    }),
    pointOfContact: raw,
  }),
})

const planned = part({ measure: text, description: text, timeFrame: text })

const protocol = part({
  identificationModule: part({
    nctId: text,
    nctIdAliases: list(text),
    orgStudyIdInfo: part({ id: text, type: text, link: text }),
    secondaryIdInfos: list(part({ id: text, type: text, domain: text, link: text })),
    briefTitle: text,
    officialTitle: text,
    acronym: text,
    organization: part({ fullName: text, class: text }),
  }),
  statusModule: part({
    statusVerifiedDate: text,
    overallStatus: text,
    lastKnownStatus: text,
    delayedPosting: flag,
    whyStopped: text,
    expandedAccessInfo: part({ hasExpandedAccess: flag, nctId: text, statusForNctId: text }),
    startDateStruct: dated,
    primaryCompletionDateStruct: dated,
    completionDateStruct: dated,
    studyFirstSubmitDate: text,
    studyFirstSubmitQcDate: raw,
    studyFirstPostDateStruct: dated,
    resultsWaived: flag,
    resultsFirstSubmitDate: text,
    resultsFirstSubmitQcDate: raw,
    resultsFirstPostDateStruct: dated,
    dispFirstSubmitDate: raw,
    dispFirstSubmitQcDate: raw,
    dispFirstPostDateStruct: raw,
    lastUpdateSubmitDate: text,
    lastUpdatePostDateStruct: dated,
  }),
  sponsorCollaboratorsModule: part({
    responsibleParty: part({
      type: text,
      investigatorFullName: text,
      investigatorTitle: raw,
      investigatorAffiliation: text,
      oldNameTitle: raw,
      oldOrganization: text,
    }),
    leadSponsor: named,
    collaborators: list(named),
  }),
  oversightModule: part({
    oversightHasDmc: flag,
    isFdaRegulatedDrug: flag,
    isFdaRegulatedDevice: flag,
    isUnapprovedDevice: flag,
    isPpsd: raw,
    isUsExport: raw,
    fdaaa801Violation: flag,
  }),
  descriptionModule: part({ briefSummary: text, detailedDescription: text }),
  conditionsModule: part({ conditions: list(text), keywords: list(text) }),
  designModule: part({
    studyType: text,
    nPtrsToThisExpAccNctId: raw,
    expandedAccessTypes: part({ individual: flag, intermediate: flag, treatment: flag }),
    patientRegistry: flag,
    targetDuration: text,
    phases: list(text),
    designInfo: part({
      allocation: text,
      interventionModel: text,
      interventionModelDescription: text,
      primaryPurpose: text,
      observationalModel: text,
      timePerspective: text,
      maskingInfo: part({ masking: text, maskingDescription: text, whoMasked: list(text) }),
    }),
    bioSpec: part({ retention: text, description: text }),
    enrollmentInfo: part({ count: printed, type: text }),
  }),
  armsInterventionsModule: part({
    armGroups: list(part({ label: text, type: text, description: text, interventionNames: list(text) })),
    interventions: list(
      part({ type: text, name: text, description: text, armGroupLabels: list(text), otherNames: list(text) }),
    ),
  }),
  outcomesModule: part({
    primaryOutcomes: list(planned),
    secondaryOutcomes: list(planned),
    otherOutcomes: list(planned),
  }),
  eligibilityModule: part({
    eligibilityCriteria: text,
    healthyVolunteers: flag,
    sex: text,
    genderBased: flag,
    genderDescription: text,
    minimumAge: text,
    maximumAge: text,
    stdAges: list(text),
    studyPopulation: text,
    samplingMethod: text,
  }),
  contactsLocationsModule: part({
    centralContacts: raw,
    overallOfficials: raw,
    locations: list(
      part({
        facility: raw,
        status: raw,
        city: raw,
        state: raw,
        zip: raw,
        country: text,
        contacts: raw,
        geoPoint: raw,
      }),
    ),
  }),
  referencesModule: part({
    references: list(
      part({ pmid: text, type: text, citation: text, retractions: list(part({ pmid: text, source: text })) }),
    ),
    seeAlsoLinks: list(part({ label: text, url: text })),
    availIpds: list(part({ id: text, type: text, url: text, comment: text })),
  }),
  ipdSharingStatementModule: part({
    ipdSharing: text,
    description: text,
    infoTypes: list(text),
    timeFrame: text,
    accessCriteria: text,
    url: text,
  }),
})

const meshBrowse = part({
  meshes: list(part({ id: text, term: text })),
  ancestors: raw,
  browseLeaves: heeded(list(part({ name: text, asFound: text }))),
  browseBranches: raw,
})

export const studyShape = part({
  protocolSection: protocol,
  resultsSection: results,
  annotationSection: raw,
  documentSection: part({
    largeDocumentModule: part({
      noSap: flag,
      largeDocs: list(
        part({
          typeAbbrev: raw,
          hasProtocol: raw,
          hasSap: raw,
          hasIcf: raw,
          label: text,
          date: text,
          uploadDate: raw,
          filename: text,
          size: raw,
        }),
      ),
    }),
  }),
  derivedSection: part({
    miscInfoModule: raw,
    conditionBrowseModule: meshBrowse,
    interventionBrowseModule: meshBrowse,
  }),
  hasResults: flag,
})

type There<L> = NonNullable<Seen<L>>
export type CtgovStudy = There<typeof studyShape>
export type Protocol = There<typeof protocol>
export type Results = There<typeof results>
export type CtgovGroup = There<typeof group>
export type CtgovOutcome = There<typeof outcome>
export type CtgovAnalysis = There<typeof analysis>
export type CtgovMeasure = There<typeof measure>
export type CtgovClass = There<typeof klass>
export type CtgovMeasurement = There<typeof measurement>
export type CtgovDenominator = There<typeof denominator>
export type CtgovHarm = There<typeof harm>

/** What stays in the kept record alone, by the beginning of its path, and why. */
export const RAW_LEAVES: Readonly<Record<string, string>> = {
  'resultsSection.moreInfoModule.pointOfContact': 'whom to ask, by name, telephone and e-mail: personal, and no result',
  'protocolSection.contactsLocationsModule.centralContacts': 'personal, and no part of what a review extracts',
  'protocolSection.contactsLocationsModule.overallOfficials': 'personal, and no part of what a review extracts',
  'protocolSection.contactsLocationsModule.locations[].contacts': 'personal, and no part of what a review extracts',
  'protocolSection.contactsLocationsModule.locations[].facility':
    'a review reports countries; large trials have a thousand places',
  'protocolSection.contactsLocationsModule.locations[].status': 'a review reports countries',
  'protocolSection.contactsLocationsModule.locations[].city': 'a review reports countries',
  'protocolSection.contactsLocationsModule.locations[].state': 'a review reports countries',
  'protocolSection.contactsLocationsModule.locations[].zip': 'a review reports countries',
  'protocolSection.contactsLocationsModule.locations[].geoPoint': 'made by the registry out of the city',
  'protocolSection.sponsorCollaboratorsModule.responsibleParty.investigatorTitle': 'personal',
  'protocolSection.sponsorCollaboratorsModule.responsibleParty.oldNameTitle': 'personal',
  'protocolSection.statusModule.studyFirstSubmitQcDate': "of the registry's own work on the record",
  'protocolSection.statusModule.resultsFirstSubmitQcDate': "of the registry's own work on the record",
  'protocolSection.statusModule.dispFirstSubmitDate': 'of a certificate of delay: no result',
  'protocolSection.statusModule.dispFirstSubmitQcDate': 'of a certificate of delay: no result',
  'protocolSection.statusModule.dispFirstPostDateStruct': 'of a certificate of delay: no result',
  'protocolSection.oversightModule.isPpsd': 'of US law on devices',
  'protocolSection.oversightModule.isUsExport': 'of US law on exports',
  'protocolSection.designModule.nPtrsToThisExpAccNctId': 'counted by the registry: how many records point here',
  annotationSection: "the registry's notes on delays and violations of US law",
  'documentSection.largeDocumentModule.largeDocs[].typeAbbrev': 'the label says it in words',
  'documentSection.largeDocumentModule.largeDocs[].hasProtocol': 'the label says it in words',
  'documentSection.largeDocumentModule.largeDocs[].hasSap': 'the label says it in words',
  'documentSection.largeDocumentModule.largeDocs[].hasIcf': 'the label says it in words',
  'documentSection.largeDocumentModule.largeDocs[].uploadDate': "of the registry's own work on the record",
  'documentSection.largeDocumentModule.largeDocs[].size': 'of the file, in bytes',
  'derivedSection.miscInfoModule': "of the registry's own work on the record",
  'derivedSection.conditionBrowseModule.ancestors': "in MeSH's tree",
  'derivedSection.conditionBrowseModule.browseBranches': "in MeSH's tree",
  'derivedSection.conditionBrowseModule.browseLeaves':
    'how the registry found its headings; by these words conditions and interventions are tied to them',
  'derivedSection.interventionBrowseModule.ancestors': "in MeSH's tree",
  'derivedSection.interventionBrowseModule.browseBranches': "in MeSH's tree",
  'derivedSection.interventionBrowseModule.browseLeaves':
    'how the registry found its headings; by these words conditions and interventions are tied to them',
}
