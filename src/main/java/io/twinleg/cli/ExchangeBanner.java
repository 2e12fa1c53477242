package io.twinleg.cli;

import io.twinleg.telemetry.JsonText;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What whoever started an exchange needs to know of it, once it is open. */
record ExchangeBanner(boolean json, ExchangeSetup served, BigDecimal speed, String faults) {
  void told(String face, int port, List<FundOption> accounts, String quote) {
    String url = "http://127.0.0.1:" + port;
    if (json) {
      System.out.println(JsonText.of(fields(face, url, accounts)));
    } else {
      text(face, url, accounts, quote);
    }
    System.out.flush();
  }

  private Map<String, Object> fields(String face, String url, List<FundOption> accounts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", "exchange_open");
    fields.put("venue", face);
    fields.put("base_url", url);
    fields.put("speed", speed);
    fields.put("time", served.exchange().now().toString());
    fields.put("faults", faults);
    fields.put("accounts", accounts.stream().map(FundOption::who).toList());
    fields.put("assumes", served.world().assumptions());
    return fields;
  }

  private void text(String face, String url, List<FundOption> accounts, String quote) {
    System.out.println("Our exchange, in the dialect of " + face + ": " + url);
    accounts.forEach(each ->
        System.out.println(
            "  account "
                + each.who()
                + "  spot "
                + each.spot()
                + "  perp "
                + each.perp()
                + " "
                + quote));
    if (accounts.isEmpty()) {
      System.out.println("  no account: give --fund 0xADDRESS=1000:1000 to open one");
    }
    System.out.println("  speed " + speed + ", faults " + faults + "; Ctrl-C ends it");
    served.world().assumptions().forEach(each -> System.out.println("  assumes: " + each));
  }
}
