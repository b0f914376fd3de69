import { expect, test } from 'vitest'
import { extractCharacteristics } from '../../src/index.ts'
import { seeded } from './seeded.ts'

const OTHERS = `INSERT INTO publication (id, title, journal, published, year, volume, issue, pages, doi, pmid) VALUES
    ('other-1', 'A', 'J Clin Oncol', NULL, NULL, NULL, NULL, '12', NULL, NULL),
    ('other-2', 'B', NULL, '2001', 2001, '3', NULL, NULL, NULL, '77'),
    ('other-3', 'C', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('other-4', 'D', NULL, NULL, NULL, NULL, NULL, NULL, '10.1/d', NULL),
    ('other-5', 'E', 'Lancet', '1999', 1999, NULL, '2', NULL, NULL, NULL);
  INSERT INTO study_publication (study_id, publication_id, position, role) VALUES
    ('rosenberg-1993-il2-lak', 'other-3', 4, 'primary'), ('rosenberg-1993-il2-lak', 'other-2', 3, 'primary'),
    ('rosenberg-1993-il2-lak', 'other-1', 2, 'primary'), ('rosenberg-1993-il2-lak', 'other-4', 5, 'primary'),
    ('rosenberg-1993-il2-lak', 'other-5', 6, 'secondary');`

test('publications are cited in their order, by what is known of them', async () => {
  const db = await seeded(OTHERS)
  const [row] = await extractCharacteristics(db)
  expect(row?.publication).toBe(
    [
      'J Natl Cancer Inst 1993;85(8):622-32. doi:10.1093/jnci/85.8.622. PMID 8468720',
      'J Clin Oncol:12',
      '2001;3. PMID 77',
      'other-3',
      'doi:10.1/d',
    ].join('; '),
  )
})
