import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type ScratchDatabase, SEED_FILE, seededDatabase } from '../scratch.ts'

/**
 * Every fact of the first study, typed from its abstract (J Natl Cancer Inst 1993;85:622-32) and asked of the database
 * in SQL: neither the importer nor the queries have a say in what is expected here.
 */
let db: ScratchDatabase
beforeAll(async () => {
  db = await seededDatabase()
})

const STUDY = 'rosenberg-1993-il2-lak'
const all = (sql: string) => db.lists(sql)
const measured = (outcome: string, columns: string) =>
  all(
    `SELECT replace(m.study_group_id, '${STUDY}/', ''), replace(m.timepoint_id, '${STUDY}/', ''), ${columns}, m.missing_reason
     FROM outcome_measurement m WHERE m.outcome_id = '${STUDY}/${outcome}' ORDER BY m.id`,
  )

describe('the database holds what the abstract says, and nothing else', () => {
  test('181 were treated, all arms together; how many were randomised or treated in an arm is missing, with its reason', async () => {
    expect(
      await all(
        `SELECT replace(study_group_id, '${STUDY}/', ''), replace(analysis_set_id, '${STUDY}/', ''), participants, missing_reason
         FROM enrolment WHERE analysis_set_id LIKE '%/randomised' OR analysis_set_id LIKE '%/treated' ORDER BY 2, 1`,
      ),
    ).toEqual([
      ['all', 'randomised', null, 'not_reported'],
      ['il2', 'randomised', null, 'not_reported'],
      ['il2-lak', 'randomised', null, 'not_reported'],
      ['all', 'treated', 181, null],
      ['il2', 'treated', null, 'not_split_by_arm'],
      ['il2-lak', 'treated', null, 'not_split_by_arm'],
    ])
  })

  test('85 and 79 were assessable for response', async () => {
    expect(
      await all(
        `SELECT study_group_id, participants FROM enrolment WHERE analysis_set_id LIKE '%/assessable' ORDER BY 1`,
      ),
    ).toEqual([
      [`${STUDY}/il2`, 79],
      [`${STUDY}/il2-lak`, 85],
    ])
  })

  test('97 had renal cell cancer and 54 melanoma; the other 30 are ours', async () => {
    expect(await all('SELECT category, count, total, derived FROM baseline_measurement ORDER BY id')).toEqual([
      ['Renal cell cancer', 97, 181, 0],
      ['Melanoma', 54, 181, 0],
      ['Other', 30, 181, 1],
    ])
    expect(
      await all(`SELECT d.formula, string_agg(i.name || ' ' || i.fact_id, '; ' ORDER BY i.name) FROM derivation d
           JOIN derivation_input i ON i.derivation_id = d.fact_id WHERE d.fact_id LIKE '%baseline%' GROUP BY d.fact_id`),
    ).toEqual([
      [
        'treated - renal - melanoma',
        [
          `melanoma ${STUDY}/baseline_measurement/b00002/count`,
          `renal ${STUDY}/baseline_measurement/b00001/count`,
          `treated ${STUDY}/enrolment/all+treated/participants`,
        ].join('; '),
      ],
    ])
  })

  test('10 of 85 and four of 79 had a complete response, 14 and 12 a partial one', async () => {
    expect(await measured('complete-response', 'm.events, m.total')).toEqual([
      ['il2-lak', null, 10, 85, null],
      ['il2', null, 4, 79, null],
    ])
    expect(await measured('partial-response', 'm.events, m.total')).toEqual([
      ['il2-lak', null, 14, 85, null],
      ['il2', null, 12, 79, null],
    ])
  })

  test('complete or partial responses are sums of ours, marked so', async () => {
    expect(await measured('complete-or-partial-response', 'm.events, m.total, m.derived')).toEqual([
      ['il2-lak', null, 24, 85, 1, null],
      ['il2', null, 16, 79, 1, null],
    ])
    expect(await all('SELECT count(*) FROM outcome_measurement WHERE derived')).toEqual([[2]])
  })

  test('seven complete responses continue at 50 to 66 months, not split by arm; three of melanoma with LAK cells', async () => {
    expect(await measured('continuing-complete-response', 'm.events, m.total')).toEqual([
      ['all', '50-66-months', 7, null, null],
      ['il2-lak', '50-66-months', null, null, 'not_split_by_arm'],
      ['il2', '50-66-months', null, null, 'not_split_by_arm'],
      ['melanoma-il2-lak', 'at-report', 3, null, null],
    ])
    expect(await all(`SELECT kind, from_time, to_time, unit FROM timepoint WHERE id LIKE '%/50-66-months'`)).toEqual([
      ['over', 50, 66, 'months'],
    ])
  })

  test('median potential follow-up was 63.2 months, and is no timepoint', async () => {
    expect(await all('SELECT study_group_id, statistic, basis, value, unit FROM follow_up')).toEqual([
      [`${STUDY}/all`, 'median', 'potential', 63.2, 'months'],
    ])
    expect(await all('SELECT count(*) FROM timepoint WHERE from_time = 63.2')).toEqual([[0]])
  })

  test('survival is a probability without counts: 31 v 17 % at 36 months; in melanoma 32 v 15 % at 24, 18 v 4 % at 48', async () => {
    expect(await measured('survival', 'm.proportion, m.events, m.total')).toEqual([
      ['il2-lak', '36-months', 0.31, null, null, null],
      ['il2', '36-months', 0.17, null, null, null],
      ['melanoma-il2-lak', '24-months', 0.32, null, null, null],
      ['melanoma-il2', '24-months', 0.15, null, null, null],
      ['melanoma-il2-lak', '48-months', 0.18, null, null, null],
      ['melanoma-il2', '48-months', 0.04, null, null, null],
    ])
  })

  test('P = .089, and .064 corrected from an unknown value, both two-sided, tied to no time and no named test; none in renal cell cancer', async () => {
    expect(
      await all(
        `SELECT replace(comparison_id, '${STUDY}/', ''), p_operator, p_value, p_text, p_sides, timepoint_id, method,
           method_missing_reason, corrected, finding_direction, estimate FROM outcome_analysis ORDER BY id`,
      ),
    ).toEqual([
      ['overall', '=', 0.089, '.089', 2, null, null, 'not_reported', 0, null, null],
      ['melanoma', '=', 0.064, '.064', 2, null, null, 'not_reported', 1, 'favours_experimental', null],
      ['renal-cell', null, null, null, null, null, null, null, 0, 'no_difference', null],
    ])
    expect(await all('SELECT finding FROM outcome_analysis ORDER BY id')).toEqual([
      [null],
      ['a trend toward improved survival with IL-2 plus LAK cells'],
      ['no difference'],
    ])
    expect(await all('SELECT fact_id, original_printed, original_missing_reason, notice FROM correction')).toEqual([
      [`${STUDY}/outcome_analysis/a00002/p_value`, null, 'not_reported', '[corrected]'],
    ])
  })

  test('none of 26 and five of 28 with melanoma are alive; zero is data', async () => {
    expect(await measured('alive', 'm.events, m.total')).toEqual([
      ['melanoma-il2', 'at-report', 0, 26, null],
      ['melanoma-il2-lak', 'at-report', 5, 28, null],
    ])
    expect(await all(`SELECT kind FROM analysis_set WHERE id LIKE '%/not-stated'`)).toEqual([['not_stated']])
  })

  test('six treatment-related deaths (3.3 %), three of them from infarction, all arms together and not by arm', async () => {
    expect(
      await all(
        `SELECT replace(c.term_id, '${STUDY}/', ''), replace(t.parent_id, '${STUDY}/', ''), replace(c.study_group_id, '${STUDY}/', ''),
           c.affected, c.percent, c.at_risk, c.events, c.missing_reason
         FROM adverse_event_count c JOIN adverse_event_term t ON t.id = c.term_id ORDER BY c.id`,
      ),
    ).toEqual([
      ['treatment-related-death', null, 'all', 6, 3.3, null, null, null],
      ['treatment-related-death', null, 'il2-lak', null, null, null, null, 'not_split_by_arm'],
      ['treatment-related-death', null, 'il2', null, null, null, null, 'not_split_by_arm'],
      ['fatal-myocardial-infarction', 'treatment-related-death', 'all', 3, null, null, null, null],
      ['fatal-myocardial-infarction', 'treatment-related-death', 'il2-lak', null, null, null, null, 'not_split_by_arm'],
      ['fatal-myocardial-infarction', 'treatment-related-death', 'il2', null, null, null, null, 'not_split_by_arm'],
    ])
  })

  test('other toxicity is told without a number', async () => {
    expect(await all('SELECT count(*) FROM adverse_event_term WHERE narrative IS NOT NULL')).toEqual([[2]])
    expect(
      await all(`SELECT q.words FROM fact f JOIN quote_link l ON l.fact_id = f.id JOIN quote q ON q.id = l.quote_id
           WHERE f.field = 'narrative' ORDER BY q.position`),
    ).toEqual([
      ['Other toxic effects resolved by discontinuation of IL-2.'],
      ['Many toxic effects were related to increased vascular permeability induced by IL-2.'],
    ])
  })

  test('doses, routes and schedules are not in the text; both arms got the same, with doses omitted by tolerance', async () => {
    expect(
      await all(`SELECT dose, dose_missing_reason, route_missing_reason, schedule_missing_reason, count(*) FROM arm_intervention
           GROUP BY 1, 2, 3, 4`),
    ).toEqual([[null, 'not_reported', 'not_reported', 'not_reported', 3]])
    expect(
      await all(`SELECT count(*) FROM arm_intervention WHERE note LIKE 'The same dose and schedule%tolerance.'`),
    ).toEqual([[2]])
  })

  test('design, objective, eligibility and the authors’ own conclusion are there with their quotes', async () => {
    expect(
      await all(
        'SELECT type, allocation, masking, masking_missing_reason, phase, phase_missing_reason, purpose FROM study',
      ),
    ).toEqual([['interventional', 'randomised', null, 'not_reported', null, 'not_reported', 'treatment']])
    const sections = new Map((await all('SELECT label, body FROM publication_text')) as [string, string][])
    expect(await all('SELECT authors_conclusion FROM study')).toEqual([[sections.get('Conclusions')]])
    expect(await all(`SELECT field FROM fact WHERE about_study_id IS NOT NULL ORDER BY field`)).toEqual([
      ['allocation'],
      ['authors_conclusion'],
      ['objective'],
      ['purpose'],
      ['type'],
    ])
    expect(await all(`SELECT printed FROM fact WHERE eligibility_criterion_id IS NOT NULL`)).toEqual([
      [
        'metastatic cancer that had failed to respond to standard therapy or who had disease for which no effective therapy existed',
      ],
    ])
  })

  test('the publication has its identifiers and no authors, and says why', async () => {
    expect(
      await all(
        "SELECT pmid, doi, journal, volume, issue, pages, published, authors_missing_reason, note LIKE '%PMID is from PubMed%' FROM publication",
      ),
    ).toEqual([
      ['8468720', '10.1093/jnci/85.8.622', 'J Natl Cancer Inst', '85', '8', '622-32', '1993-04-21', 'not_reported', 1],
    ])
    expect(await all('SELECT count(*) FROM authorship')).toEqual([[0]])
    expect(await all('SELECT label FROM publication_text ORDER BY position')).toEqual(
      ['Background', 'Purpose', 'Methods', 'Results', 'Conclusions', 'Implications'].map((label) => [label]),
    )
    expect(await all('SELECT name FROM publication_type ORDER BY name')).toEqual([
      ['Clinical Trial'],
      ['Randomized Controlled Trial'],
    ])
    expect(await all('SELECT name FROM substance')).toEqual([['Interleukin-2']])
  })

  test('19 MeSH lines, 16 descriptors, 6 with a qualifier, 3 major topics that are all the qualifiers’', async () => {
    expect(
      await all(
        `SELECT count(*), count(DISTINCT descriptor_ui), count(qualifier_ui), count(*) FILTER (WHERE qualifier_major),
           count(*) FILTER (WHERE descriptor_major) FROM publication_mesh`,
      ),
    ).toEqual([[19, 16, 6, 3, 0]])
    expect(
      await all(`SELECT d.name || ' / ' || q.name FROM publication_mesh p JOIN mesh_descriptor d ON d.ui = p.descriptor_ui
           JOIN mesh_qualifier q ON q.ui = p.qualifier_ui WHERE p.qualifier_major ORDER BY p.position`),
    ).toEqual([
      ['Interleukin-2 / therapeutic use'],
      ['Killer Cells, Lymphokine-Activated / transplantation'],
      ['Neoplasms / therapy'],
    ])
  })

  test('MeSH identifiers are those of MeSH 2015', async () => {
    expect(Object.fromEntries((await all('SELECT name, ui FROM mesh_descriptor')) as [string, string][])).toEqual({
      Adolescent: 'D000293',
      Adult: 'D000328',
      Aged: 'D000368',
      'Carcinoma, Renal Cell': 'D002292',
      Child: 'D002648',
      'Combined Modality Therapy': 'D003131',
      Female: 'D005260',
      Humans: 'D006801',
      'Interleukin-2': 'D007376',
      'Killer Cells, Lymphokine-Activated': 'D015979',
      Leukapheresis: 'D007937',
      Male: 'D008297',
      Melanoma: 'D008545',
      'Middle Aged': 'D008875',
      'Myocardial Infarction': 'D009203',
      Neoplasms: 'D009369',
      'Prospective Studies': 'D011446',
      'Survival Analysis': 'D016019',
      'Treatment Outcome': 'D016896',
    })
  })

  test('the printed form stands beside each number that the text writes otherwise', async () => {
    const printed = Object.fromEntries(
      (await all(`SELECT substr(id, ${STUDY.length + 2}), printed FROM fact`)) as [string, string][],
    )
    expect(printed).toMatchObject({
      'outcome_measurement/m00002/events': 'four',
      'outcome_measurement/m00007/events': 'seven',
      'outcome_measurement/m00011/proportion': '31%',
      'outcome_measurement/m00017/events': 'None',
      'outcome_measurement/m00018/events': 'five',
      'outcome_analysis/a00001/p_value': '.089',
      'outcome_analysis/a00002/p_value': '.064',
      'adverse_event_count/e00001/affected': 'six',
      'adverse_event_count/e00001/percent': '3.3%',
      'adverse_event_count/e00004/affected': 'three',
    })
  })

  test('"14 and 12, respectively" is one quote with two spans, and a second quote for the groups', async () => {
    expect(
      await all(`SELECT substr(replace(l.fact_id, '${STUDY}/outcome_measurement/', ''), 1, 6), substr(l.quote_id, ${STUDY.length + 2}),
             l.role, substr(q.words, l.span_start + 1, l.span_end - l.span_start)
           FROM quote_link l JOIN quote q ON q.id = l.quote_id
           WHERE l.fact_id IN ('${STUDY}/outcome_measurement/m00003/events', '${STUDY}/outcome_measurement/m00004/events')
             AND l.role IN ('value', 'group') ORDER BY l.fact_id, l.position`),
    ).toEqual([
      ['m00003', 'partial-responses', 'value', '14'],
      ['m00003', 'complete-responses', 'group', 'patients who received IL-2 plus LAK cells'],
      ['m00004', 'partial-responses', 'value', '12'],
      ['m00004', 'complete-responses', 'group', 'who received IL-2 alone'],
    ])
  })

  test('every number of a single arm names the words that say whose it is', async () => {
    expect(
      await all(`SELECT f.id FROM fact f JOIN outcome_measurement m ON m.id = f.outcome_measurement_id
           WHERE f.field IN ('events', 'proportion') AND m.study_group_id <> '${STUDY}/all'
             AND NOT EXISTS (SELECT 1 FROM quote_link l WHERE l.fact_id = f.id AND l.role = 'group')
             AND NOT EXISTS (SELECT 1 FROM derivation d WHERE d.fact_id = f.id)`),
    ).toEqual([])
  })

  test('arms are known by key: which is named first in the file or the text makes no difference', async () => {
    const file = parse(readFileSync(SEED_FILE, 'utf8')) as {
      comparisons: { experimental: string; reference: string }[]
    }
    expect(file.comparisons[0]).toMatchObject({ experimental: 'il2-lak', reference: 'il2' })
    expect(await all(`SELECT role FROM arm WHERE id = '${STUDY}/il2-lak'`)).toEqual([['experimental']])
  })
})
