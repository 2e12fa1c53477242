package io.twinleg.cli;

import io.twinleg.simulator.server.aster.AsterServer;
import io.twinleg.wire.aster.request.HmacKey;
import java.util.List;

/** Who has an account at Aster's face, and who signs for it. */
final class AsterAccounts {
  private AsterAccounts() {}

  static void open(AsterServer face, List<FundOption> accounts, List<FundOption.Agent> agents) {
    accounts.forEach(each -> fund(face, each));
    agents.forEach(each -> face.approve(each.account(), each.agent()));
  }

  private static void fund(AsterServer face, FundOption account) {
    account
        .secret()
        .ifPresentOrElse(
            secret -> face.fund(new HmacKey(account.who(), secret), account.spot(), account.perp()),
            () -> face.fund(account.who(), account.spot(), account.perp()));
  }
}
