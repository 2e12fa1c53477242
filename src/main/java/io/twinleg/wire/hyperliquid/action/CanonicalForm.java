package io.twinleg.wire.hyperliquid.action;

import tools.jackson.databind.JsonNode;

/**
 * Takes an action in its canonical order, field by field. An action describes itself once; what is
 * hashed, what is sent and the tree are three forms of that.
 */
interface CanonicalForm {
  /** A key and a value for each field follow, then {@link #end}. */
  CanonicalForm object(int fields);

  /** Its elements follow, then {@link #end}. */
  CanonicalForm array(int size);

  CanonicalForm end();

  CanonicalForm key(String name);

  CanonicalForm text(String value);

  CanonicalForm whole(long value);

  CanonicalForm flag(boolean value);

  /** A value that is there as a tree already. */
  CanonicalForm tree(JsonNode value);
}
