package io.twinleg.simulator;

/** An account of the exchange, by the name its owner signs with. */
public record AccountId(String name) implements Comparable<AccountId> {
  public AccountId {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an account needs a name");
    }
  }

  @Override
  public int compareTo(AccountId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
