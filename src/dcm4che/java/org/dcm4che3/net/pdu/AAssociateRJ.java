package org.dcm4che3.net.pdu;

import java.io.IOException;

/** A-ASSOCIATE-RJ PDU, received or to be sent (PS3.8 section 9.3.4). */
public class AAssociateRJ extends IOException {

  public static final int RESULT_REJECTED_PERMANENT = 1;
  public static final int RESULT_REJECTED_TRANSIENT = 2;

  public static final int SOURCE_SERVICE_USER = 1;
  public static final int SOURCE_SERVICE_PROVIDER_ACSE = 2;
  public static final int SOURCE_SERVICE_PROVIDER_PRES = 3;

  public static final int REASON_NO_REASON_GIVEN = 1;
  public static final int REASON_APP_CTX_NAME_NOT_SUPPORTED = 2;
  public static final int REASON_CALLING_AET_NOT_RECOGNIZED = 3;
  public static final int REASON_CALLED_AET_NOT_RECOGNIZED = 7;

  public static final int REASON_PROTOCOL_VERSION_NOT_SUPPORTED = 2;

  public static final int REASON_TEMPORARY_CONGESTION = 1;
  public static final int REASON_LOCAL_LIMIT_EXCEEDED = 2;

  private static final long serialVersionUID = 1L;

  private final int result;
  private final int source;
  private final int reason;

  public AAssociateRJ(int result, int source, int reason) {
    super(
        "A-ASSOCIATE-RJ[result: "
            + resultName(result)
            + ", source: "
            + sourceName(source)
            + ", reason: "
            + reasonName(source, reason)
            + "]");
    this.result = result;
    this.source = source;
    this.reason = reason;
  }

  public final int getResult() {
    return result;
  }

  public final int getSource() {
    return source;
  }

  public final int getReason() {
    return reason;
  }

  @Override
  public String toString() {
    return getMessage();
  }

  private static String resultName(int result) {
    return switch (result) {
      case RESULT_REJECTED_PERMANENT -> "1 - rejected-permanent";
      case RESULT_REJECTED_TRANSIENT -> "2 - rejected-transient";
      default -> Integer.toString(result);
    };
  }

  private static String sourceName(int source) {
    return switch (source) {
      case SOURCE_SERVICE_USER -> "1 - service-user";
      case SOURCE_SERVICE_PROVIDER_ACSE -> "2 - service-provider (ACSE)";
      case SOURCE_SERVICE_PROVIDER_PRES -> "3 - service-provider (Presentation)";
      default -> Integer.toString(source);
    };
  }

  private static String reasonName(int source, int reason) {
    String name =
        switch (source * 16 + reason) {
          case SOURCE_SERVICE_USER * 16 + REASON_NO_REASON_GIVEN,
              SOURCE_SERVICE_PROVIDER_ACSE * 16 + REASON_NO_REASON_GIVEN ->
              "no-reason-given";
          case SOURCE_SERVICE_USER * 16 + REASON_APP_CTX_NAME_NOT_SUPPORTED ->
              "application-context-name-not-supported";
          case SOURCE_SERVICE_USER * 16 + REASON_CALLING_AET_NOT_RECOGNIZED ->
              "calling-AE-title-not-recognized";
          case SOURCE_SERVICE_USER * 16 + REASON_CALLED_AET_NOT_RECOGNIZED ->
              "called-AE-title-not-recognized";
          case SOURCE_SERVICE_PROVIDER_ACSE * 16 + REASON_PROTOCOL_VERSION_NOT_SUPPORTED ->
              "protocol-version-not-supported";
          case SOURCE_SERVICE_PROVIDER_PRES * 16 + REASON_TEMPORARY_CONGESTION ->
              "temporary-congestion";
          case SOURCE_SERVICE_PROVIDER_PRES * 16 + REASON_LOCAL_LIMIT_EXCEEDED ->
              "local-limit-exceeded";
          default -> null;
        };
    return name == null ? Integer.toString(reason) : reason + " - " + name;
  }
}
