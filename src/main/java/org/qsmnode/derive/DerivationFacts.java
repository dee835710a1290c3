package org.qsmnode.derive;

import java.util.List;

/**
 * What a reader of the map must know about its making, for DerivationDescription.
 *
 * @param echoTimesSeconds echoes that were used
 * @param components {@code M/P} or {@code R/I}
 * @param actions what was done to the input, for example a sign or slice correction; plain text
 * @param mask where the mask came from; plain text
 */
public record DerivationFacts(
    double[] echoTimesSeconds, String components, List<String> actions, String mask) {

  private static final int LONGEST = 1024;

  public DerivationFacts {
    echoTimesSeconds = echoTimesSeconds.clone();
    actions = List.copyOf(actions);
  }

  @Override
  public double[] echoTimesSeconds() {
    return echoTimesSeconds.clone();
  }

  /** DerivationDescription, ASCII, at most 1024 characters; actions give way first. */
  String description(Statistic statistic, DerivationIdentity identity) {
    StringBuilder text = new StringBuilder();
    text.append(
        switch (statistic) {
          case MEAN -> "Magnetic susceptibility (QSM), mean";
          case STANDARD_DEVIATION ->
              "Magnetic susceptibility (QSM), SD = posterior standard deviation";
          case REFERENCE -> "Magnetic susceptibility (QSM), to compare the mean with,";
        });
    text.append(" in ppb, 1 stored unit = 1 ppb. Reference: mean of the mask = 0. Method ");
    text.append(identity.method()).append(", version ").append(identity.softwareVersion());
    for (ModelIdentity model : identity.models()) {
      text.append(", model ").append(model.name()).append(' ').append(model.version());
      text.append(' ').append(DerivationIdentity.shortened(model.sha256()));
    }
    text.append(", configuration ")
        .append(DerivationIdentity.shortened(identity.configurationDigest()));
    text.append(". Input: ").append(components).append(", ").append(echoTimesSeconds.length);
    text.append(" echoes, TE [ms]");
    for (double seconds : echoTimesSeconds) {
      text.append(' ').append(Elements.decimal(Math.round(seconds * 1e6) / 1e3));
    }
    text.append(". Mask: ").append(mask).append('.');
    if (!identity.parameters().isEmpty()) {
      text.append(" Parameters: ").append(identity.parameters()).append('.');
    }
    for (String action : actions) {
      if (text.length() + action.length() + 1 <= LONGEST) {
        text.append(' ').append(action);
      }
    }
    return Elements.plain(text.substring(0, Math.min(LONGEST, text.length())));
  }
}
