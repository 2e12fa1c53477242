package io.hypercarry.app;

import io.hypercarry.core.model.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code --fund WHO=SPOT:PERP} says: an account, and what is in its two wallets. */
record Funding(String who, Usd spot, Usd perp) {
  static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
  private static final Pattern FORM =
      Pattern.compile("(.+)=(\\d{1,12}(?:\\.\\d{1,6})?):(\\d{1,12}(?:\\.\\d{1,6})?)");

  /** Each account once. */
  static List<Funding> all(List<String> texts) {
    List<Funding> all = new ArrayList<>();
    for (String text : texts) {
      Funding next = of(text);
      if (all.stream().anyMatch(known -> known.who.equals(next.who))) {
        throw new Usage("--fund opens " + next.who + " twice: name it once");
      }
      all.add(next);
    }
    return all;
  }

  static Funding of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new Usage(
          "--fund is " + text + ": expected WHO=SPOT:PERP, such as 0x" + "12ab…=1000:1000");
    }
    if (!ADDRESS.matcher(form.group(1)).matches()) {
      throw new Usage(
          "--fund names "
              + form.group(1)
              + ": expected an account's address, 0x and 40 hexadecimal digits");
    }
    return new Funding(
        form.group(1).toLowerCase(Locale.ROOT), Usd.of(form.group(2)), Usd.of(form.group(3)));
  }

  /** What {@code --agent ACCOUNT=AGENT} says. */
  record Agent(String account, String agent) {
    static Agent of(String text, List<Funding> accounts) {
      String[] both = text.toLowerCase(Locale.ROOT).split("=", -1);
      if (both.length != 2
          || !ADDRESS.matcher(both[0]).matches()
          || !ADDRESS.matcher(both[1]).matches()) {
        throw new Usage("--agent is " + text + ": expected ACCOUNT=AGENT, two addresses");
      }
      if (accounts.stream().noneMatch(account -> account.who().equals(both[0]))) {
        throw new Usage(
            "--agent names the account " + both[0] + ", which no --fund opens: open it first");
      }
      if (accounts.stream().anyMatch(account -> account.who().equals(both[1]))) {
        throw new Usage(
            "--agent lets " + both[1] + " sign for another, but it is an account itself");
      }
      return new Agent(both[0], both[1]);
    }
  }
}
