package io.twinleg.core.model;

/**
 * Four bytes drawn when a journal is created (in a dry run from the seed); with the magic they mark
 * our orders.
 */
public record OrderIdTag(String hex) {
  public OrderIdTag {
    if (!hex.matches("[0-9a-f]{8}")) {
      throw new IllegalArgumentException("a book id is 8 hex digits, found " + hex);
    }
  }
}
