-- What the owner of a document should look at although it is served; problem is why it could not be read.
ALTER TABLE knowledge.documents ADD COLUMN warning text;
-- Until now warnings stood among the problems: a document with passages was read.
UPDATE knowledge.documents d SET warning = problem, problem = NULL
  WHERE problem IS NOT NULL AND EXISTS (SELECT 1 FROM knowledge.chunks c WHERE c.document_id = d.id);
