/** A review by hand, with a row of each kind of data. Each study's parts stand together here, and apart in the file. */
export interface StudyOfReview {
  readonly id: string
  readonly study?: string
  readonly characteristics?: string
  readonly bias?: string
  readonly data?: string
}

export const study = (id: string, more: Omit<StudyOfReview, 'id'> = {}): StudyOfReview => ({ id, ...more })

/** As RevMan 5 writes it: sections in their order, the study's rows within the review's own outcomes. */
export const review = (studies: readonly StudyOfReview[], more = '', id = 'ID="42"'): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<COCHRANE_REVIEW ${id} REVMAN_VERSION="5" TYPE="INTERVENTION">
<COVER_SHEET><TITLE>Tea for coughs</TITLE></COVER_SHEET>
<STUDIES_AND_REFERENCES><STUDIES>
<INCLUDED_STUDIES>
${studies.map(({ id: own, study: xml = '' }) => `<STUDY ${own} NAME="Study" YEAR="1999">${xml}</STUDY>`).join('\n')}
</INCLUDED_STUDIES>
<EXCLUDED_STUDIES/>
</STUDIES></STUDIES_AND_REFERENCES>
<CHARACTERISTICS_OF_STUDIES><CHARACTERISTICS_OF_INCLUDED_STUDIES>
${studies.map(({ characteristics = '' }) => characteristics).join('\n')}
</CHARACTERISTICS_OF_INCLUDED_STUDIES></CHARACTERISTICS_OF_STUDIES>
<QUALITY_ITEMS>
${studies.map(({ bias = '' }) => bias).join('\n')}
</QUALITY_ITEMS>
<ANALYSES_AND_DATA><COMPARISON ID="CMP-001" NO="1"><NAME>Tea versus water</NAME>
${studies.map(({ data = '' }) => data).join('\n')}
${more}
</COMPARISON></ANALYSES_AND_DATA>
</COCHRANE_REVIEW>
`

/** An outcome of a kind with what is in it. */
export const outcome = (kind: string, number: number, inside: string, attributes = ''): string =>
  `<${kind}_OUTCOME ID="CMP-001.0${number}" NO="${number}" ${attributes}><NAME>Outcome ${number}</NAME>` +
  `<GROUP_LABEL_1>Tea</GROUP_LABEL_1><GROUP_LABEL_2>Water</GROUP_LABEL_2>${inside}</${kind}_OUTCOME>`

export const table = (id: string, numbers = 'EVENTS_1="3" TOTAL_1="10" EVENTS_2="5" TOTAL_2="12"'): string =>
  `<DICH_DATA STUDY_ID="${id}" ${numbers} ESTIMABLE="YES"/>`
