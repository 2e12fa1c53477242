package io.twinleg.simulator.server.aster;

import io.twinleg.simulator.AccountId;
import io.twinleg.wire.aster.request.HmacKey;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who has an account here, and what signs for it: an API key, or a wallet and its agents. */
public final class AsterAccountRegistry {
  private record Keyed(HmacKey key, AccountId account) {}

  private final Map<String, Keyed> byKey = new TreeMap<>();
  private final Map<String, AccountId> byWallet = new TreeMap<>();
  private final Map<String, Set<String>> agents = new TreeMap<>();

  public void add(HmacKey key, AccountId account) {
    byKey.put(key.apiKey(), new Keyed(key, account));
  }

  /** A wallet signs for itself; so may its agents. */
  public void add(String user, AccountId account) {
    byWallet.put(lower(user), account);
    approve(user, user);
  }

  public void approve(String user, String agent) {
    agents.computeIfAbsent(lower(user), each -> new TreeSet<>()).add(lower(agent));
  }

  Optional<HmacKey> key(String apiKey) {
    return Optional.ofNullable(byKey.get(apiKey)).map(Keyed::key);
  }

  Optional<AccountId> byKey(String apiKey) {
    return Optional.ofNullable(byKey.get(apiKey)).map(Keyed::account);
  }

  Optional<AccountId> byWallet(String user) {
    return Optional.ofNullable(byWallet.get(lower(user)));
  }

  boolean isApproved(String user, String signer) {
    return agents.getOrDefault(lower(user), Set.of()).contains(lower(signer));
  }

  private static String lower(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
