package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.AccountId;
import io.twinleg.wire.hyperliquid.account.AgentRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who has an account here, and which agents sign for it. Addresses are lower case. */
final class HyperliquidAccountRegistry {
  static final int NAMED_AGENTS_MAX = 3;

  /** How an account holds its collateral, in the venue's words. */
  enum Abstraction {
    DEFAULT("default"),
    UNIFIED("unifiedAccount"),
    PORTFOLIO_MARGIN("portfolioMargin");

    private final String wire;

    Abstraction(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }

    boolean isPooled() {
      return this != DEFAULT;
    }
  }

  /** An agent's right to sign. An empty name is the one agent that has none. */
  record Agent(String address, String name, AccountId master, Optional<Long> validUntil) {}

  private final Set<String> accounts = new TreeSet<>();
  private final Map<String, Abstraction> abstractions = new TreeMap<>();
  private final Map<String, Agent> agents = new TreeMap<>();
  private final Map<String, AccountId> removed = new TreeMap<>();

  AccountId add(String address) {
    accounts.add(lower(address));
    return new AccountId(lower(address));
  }

  Optional<AccountId> find(String address) {
    return Optional.of(lower(address)).filter(accounts::contains).map(AccountId::new);
  }

  Abstraction abstraction(String address) {
    return abstractions.getOrDefault(lower(address), Abstraction.DEFAULT);
  }

  void setAbstraction(String address, Abstraction abstraction) {
    abstractions.put(lower(address), abstraction);
  }

  Optional<Agent> agent(String address) {
    return Optional.ofNullable(agents.get(lower(address)));
  }

  /** Whose agent this address was until it was removed or replaced. */
  Optional<AccountId> formerMaster(String address) {
    return Optional.ofNullable(removed.get(lower(address)));
  }

  /** The account that a signature of this address acts for. */
  Optional<AccountId> actsFor(String signer) {
    return find(signer).or(() -> agent(signer).map(Agent::master));
  }

  List<Agent> agents(AccountId master) {
    return agents.values().stream().filter(agent -> agent.master().equals(master)).toList();
  }

  List<AgentRow> named(AccountId master) {
    return agents(master).stream()
        .filter(agent -> !agent.name().isEmpty())
        .map(agent -> new AgentRow(agent.address(), agent.name(), agent.validUntil()))
        .toList();
  }

  /** Takes the place of the agent of the same name, or of the one without. */
  void approve(Agent agent) {
    remove(agent.master(), agent.name());
    agents.put(agent.address(), agent);
    removed.remove(agent.address());
  }

  void remove(AccountId master, String name) {
    List<Agent> leaving = new ArrayList<>(agents(master));
    leaving.removeIf(agent -> !agent.name().equals(name));
    for (Agent agent : leaving) {
      agents.remove(agent.address());
      removed.put(agent.address(), master);
    }
  }

  static String lower(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
