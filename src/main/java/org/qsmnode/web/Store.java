package org.qsmnode.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Takes objects in (STOW-RS, PS3.18 10.5). Each is kept or refused on its own: 200 when all are
 * kept, 202 when some are, 409 when none is.
 */
final class Store {

  static final String MULTIPART = "multipart/related";

  private static final String DICOM = "application/dicom";

  private final StowReceiver receiver;

  Store(StowReceiver receiver) {
    this.receiver = receiver;
  }

  Reply store(WebRequest request, String contentType, InputStream body) throws IOException {
    if (request.accepted().stream().noneMatch(MediaRange::takesDicomJson)) {
      throw new HttpRefusal(
          HttpRefusal.NOT_ACCEPTABLE, "The answer can only be application/dicom+json.");
    }
    List<StowOutcome> outcomes = outcomes(new MultipartReader(body, boundary(contentType)));
    if (outcomes.isEmpty()) {
      throw new HttpRefusal(HttpRefusal.BAD_REQUEST, "The body has no parts.");
    }
    long stored = outcomes.stream().filter(StowOutcome::stored).count();
    int status = stored == outcomes.size() ? 200 : stored > 0 ? 202 : 409;
    return new Reply(status, Reply.DICOM_JSON, DicomJson.object(answer(outcomes)));
  }

  /** RFC 2046 allows 70 characters; Orthanc sends 73. */
  private static String boundary(String contentType) throws HttpRefusal {
    MediaRange type = MediaRange.parse(contentType.isBlank() ? "none/none" : contentType);
    if (!type.type().equals(MULTIPART)
        || !type.parameters().getOrDefault("type", DICOM).equalsIgnoreCase(DICOM)) {
      throw new HttpRefusal(
          HttpRefusal.UNSUPPORTED_MEDIA_TYPE,
          "Only multipart/related of application/dicom is taken.");
    }
    return Optional.ofNullable(type.parameters().get("boundary"))
        .filter(text -> text.matches("[\\x20-\\x7E]{1,200}"))
        .orElseThrow(() -> new HttpRefusal(HttpRefusal.BAD_REQUEST, "There is no boundary."));
  }

  private List<StowOutcome> outcomes(MultipartReader parts) throws IOException {
    List<StowOutcome> outcomes = new ArrayList<>();
    while (parts.next()) {
      boolean dicom =
          parts.contentType().isEmpty()
              || MediaRange.parse(parts.contentType()).type().equals(DICOM);
      outcomes.add(
          dicom
              ? receiver.store(parts.part())
              : new StowOutcome("", "", StowOutcome.CANNOT_UNDERSTAND));
    }
    return outcomes;
  }

  private static Attributes answer(List<StowOutcome> outcomes) {
    Attributes answer = new Attributes();
    for (StowOutcome outcome : outcomes) {
      Attributes item = new Attributes();
      if (!outcome.stored()) {
        item.setInt(Tag.FailureReason, VR.US, outcome.failureReason());
      }
      boolean named = !outcome.sopInstanceUid().isEmpty();
      if (named) {
        item.setString(Tag.ReferencedSOPClassUID, VR.UI, outcome.sopClassUid());
        item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, outcome.sopInstanceUid());
      }
      int sequence =
          outcome.stored()
              ? Tag.ReferencedSOPSequence
              : named ? Tag.FailedSOPSequence : Tag.OtherFailuresSequence;
      Sequence items = answer.ensureSequence(sequence, outcomes.size());
      items.add(item);
    }
    return answer;
  }
}
