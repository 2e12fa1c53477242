package io.twinleg.cli;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.config.Redaction;
import io.twinleg.core.model.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --fund WHO=SPOT:PERP} says: an account, and what is in its two wallets.
 *
 * @param who a wallet's address, or an API key
 * @param secret of the API key
 */
record FundOption(String who, Optional<String> secret, Usd spot, Usd perp) {
  static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
  private static final Pattern KEY = Pattern.compile("([^:=\\s]+):([^:=\\s]+)");
  private static final Pattern FORM =
      Pattern.compile("(.+)=(\\d{1,12}(?:\\.\\d{1,6})?):(\\d{1,12}(?:\\.\\d{1,6})?)");

  /** Each account once. */
  static List<FundOption> all(List<String> texts) {
    List<FundOption> all = new ArrayList<>();
    for (String text : texts) {
      FundOption next = of(text);
      if (all.stream().anyMatch(known -> known.who.equals(next.who))) {
        throw new UsageException("--fund opens " + next.who + " twice: name it once");
      }
      all.add(next);
    }
    return all;
  }

  static FundOption of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new UsageException(
          "--fund is " + shown(text) + ": expected WHO=SPOT:PERP, such as 0x" + "12ab…=1000:1000");
    }
    String who = form.group(1);
    Usd spot = Usd.of(form.group(2));
    Usd perp = Usd.of(form.group(3));
    Matcher key = KEY.matcher(who);
    if (key.matches()) {
      return new FundOption(key.group(1), Optional.of(key.group(2)), spot, perp);
    }
    if (!ADDRESS.matcher(who).matches()) {
      throw notAnAddress(shown(who));
    }
    return new FundOption(who.toLowerCase(Locale.ROOT), Optional.empty(), spot, perp);
  }

  /** What may hold an API key's secret is not shown. */
  private static String shown(String text) {
    return text.matches("[^:]*|[^:=]*=[0-9.:-]*") ? text : Redaction.HIDDEN;
  }

  static UsageException notAnAddress(String who) {
    return new UsageException(
        "--fund names "
            + who
            + ": expected an account's address, 0x and 40 hexadecimal digits, or KEY:SECRET for"
            + " --aster");
  }

  boolean isByKey() {
    return secret.isPresent();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return who + "=" + spot + ":" + perp;
  }

  /** What {@code --agent ACCOUNT=AGENT} says. */
  record Agent(String account, String agent) {
    static Agent of(String text, List<FundOption> accounts) {
      String[] both = text.toLowerCase(Locale.ROOT).split("=", -1);
      if (both.length != 2
          || !ADDRESS.matcher(both[0]).matches()
          || !ADDRESS.matcher(both[1]).matches()) {
        throw new UsageException("--agent is " + text + ": expected ACCOUNT=AGENT, two addresses");
      }
      if (accounts.stream().noneMatch(account -> account.who().equals(both[0]))) {
        throw new UsageException(
            "--agent names the account " + both[0] + ", which no --fund opens: open it first");
      }
      if (accounts.stream().anyMatch(account -> account.who().equals(both[1]))) {
        throw new UsageException(
            "--agent lets " + both[1] + " sign for another, but it is an account itself");
      }
      return new Agent(both[0], both[1]);
    }
  }
}
