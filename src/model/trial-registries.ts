/**
 * The registries of trials among PubMed's data banks, as records have their names in lower case. Numbers of other banks are of
 * sequences, structures and data.
 *
 * @source https://www.nlm.nih.gov/bsd/medline_databank_source.html and the primary registries of WHO's ICTRP
 */
export const TRIAL_REGISTRIES: readonly string[] = [
  'anzctr',
  'chictr',
  'clinicaltrials.gov',
  'cris',
  'ctis',
  'ctri',
  'drks',
  'eudract',
  'irct',
  'isrctn',
  'japiccti',
  'jmacct',
  'jprn',
  'jrct',
  'lbctr',
  'ntr',
  'pactr',
  'rebec',
  'repec',
  'rpcec',
  'slctr',
  'tctr',
  'umin ctr',
  'umin-ctr',
]
