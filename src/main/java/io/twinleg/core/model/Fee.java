package io.twinleg.core.model;

import java.math.BigDecimal;

/**
 * What a fill cost. Positive is paid, negative is a rebate; a spot buy is charged in the coin
 * bought.
 */
public record Fee(BigDecimal amount, Token token) {
  public enum Token {
    BASE,
    QUOTE
  }

  public Fee {
    amount = DecimalFormat.normal(amount);
  }

  public static Fee quote(String amount) {
    return new Fee(new BigDecimal(amount), Token.QUOTE);
  }

  public static Fee base(String amount) {
    return new Fee(new BigDecimal(amount), Token.BASE);
  }

  public Usd usd(Price at) {
    return new Usd(token == Token.BASE ? amount.multiply(at.value()) : amount);
  }
}
