package io.hypercarry.app;

import io.hypercarry.exchange.aster.AsterFace;
import io.hypercarry.protocol.aster.HmacKey;
import java.util.List;

/** Who has an account at Aster's face, and who signs for it. */
final class AsterStreet {
  private AsterStreet() {}

  static void open(AsterFace face, List<Funding> accounts, List<Funding.Agent> agents) {
    accounts.forEach(each -> fund(face, each));
    agents.forEach(each -> face.approve(each.account(), each.agent()));
  }

  private static void fund(AsterFace face, Funding account) {
    account
        .secret()
        .ifPresentOrElse(
            secret -> face.fund(new HmacKey(account.who(), secret), account.spot(), account.perp()),
            () -> face.fund(account.who(), account.spot(), account.perp()));
  }
}
