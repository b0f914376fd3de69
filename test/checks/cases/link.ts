import type { Builder } from '../bare-study.ts'

/** A notice in the Journal of Tea that is tied to the first study's report. */
export function link(publications: Builder['publications'], refType: string): void {
  publications[0]?.publicationLink.push({
    publicationId: 'pmid-8468720',
    position: 1,
    refType,
    refSource: 'J Tea 2001',
    refPmid: '123',
    linkedPublicationId: null,
    note: null,
  })
}
