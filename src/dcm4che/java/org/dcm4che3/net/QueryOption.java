package org.dcm4che3.net;

import java.util.EnumSet;
import org.dcm4che3.net.pdu.ExtendedNegotiation;

/**
 * What queries and retrievals may do beyond the baseline, in the order of the fields of extended
 * negotiation (PS3.4 sections C.5.1.1.1, C.5.2.1.1 and C.5.3.1.1).
 */
public enum QueryOption {
  /** Queries and retrievals need no unique key of the levels above. */
  RELATIONAL,
  /** Date and time keys match as one. */
  DATETIME,
  /** Person names match by meaning. */
  FUZZY,
  /** Times are adjusted to the time zone of the query. */
  TIMEZONE;

  /** Encodes one byte for each option up to the last one set, the first one always. */
  public static byte[] toExtendedNegotiationInformation(EnumSet<QueryOption> options) {
    int length = 1;
    for (QueryOption option : options) {
      length = Math.max(length, option.ordinal() + 1);
    }
    byte[] information = new byte[length];
    for (QueryOption option : options) {
      information[option.ordinal()] = 1;
    }
    return information;
  }

  /** Decodes a proposal or its answer; none at all stands for the baseline. */
  public static EnumSet<QueryOption> toOptions(ExtendedNegotiation negotiation) {
    EnumSet<QueryOption> options = EnumSet.noneOf(QueryOption.class);
    if (negotiation != null) {
      for (QueryOption option : values()) {
        if (negotiation.getField(option.ordinal(), (byte) 0) == 1) {
          options.add(option);
        }
      }
    }
    return options;
  }
}
