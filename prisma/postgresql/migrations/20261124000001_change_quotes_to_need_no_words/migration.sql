-- Words of a source whose text is not ours to hold stay outside: the place in it is enough. Words of a text that is
-- stored must still be there.
ALTER TABLE "quote" ALTER COLUMN "words" DROP NOT NULL;
ALTER TABLE "quote" ADD CONSTRAINT "quote_words_of_text" CHECK ("publication_text_id" IS NULL OR "words" IS NOT NULL);
