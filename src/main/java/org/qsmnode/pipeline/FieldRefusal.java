package org.qsmnode.pipeline;

import org.jspecify.annotations.Nullable;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;

/** Says in the words of a refusal why field mapping gave nothing. */
final class FieldRefusal {

  private FieldRefusal() {}

  static RefusedException of(FieldMappingException e) {
    return new RefusedException(new Reason(code(e.code()), sentence(e.getMessage())));
  }

  private static ReasonCode code(FieldMappingException.Code code) {
    return switch (code) {
      case SIGN_CONFLICT -> ReasonCode.SIGN_CONFLICT;
      case FILTERED_PHASE -> ReasonCode.FILTERED_PHASE;
      case INTERPOLATED_PHASE -> ReasonCode.INTERPOLATED_PHASE;
      case FIELD_DIRECTION -> ReasonCode.VERTICAL_FIELD;
      case TOO_FEW_ECHOES -> ReasonCode.TOO_FEW_ECHOES;
      default -> ReasonCode.FIELD_MAP_FAILED;
    };
  }

  private static String sentence(@Nullable String message) {
    if (message == null || message.isEmpty()) {
      return ReasonCode.FIELD_MAP_FAILED.sentence();
    }
    String end = message.endsWith(".") ? "" : ".";
    return Character.toUpperCase(message.charAt(0)) + message.substring(1) + end;
  }
}
