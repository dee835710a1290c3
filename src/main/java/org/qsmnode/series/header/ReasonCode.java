package org.qsmnode.series.header;

/** Why an acquisition has no result; the code is stable, the sentence is for people. */
public enum ReasonCode {
  NO_MULTI_ECHO_GRE("No multi-echo gradient-echo acquisition was found."),
  MISSING_PHASE("There is magnitude but no phase at every echo."),
  MISSING_MAGNITUDE("There is phase but no magnitude at every echo."),
  TOO_FEW_ECHOES("There are fewer echoes than the configured minimum."),
  TOO_FEW_SLICES("There are fewer slices than the configured minimum."),
  MISSING_SLICE("Slices are missing from an otherwise regular stack."),
  INCOMPLETE("Objects of the acquisition are still missing."),
  IRREGULAR_GEOMETRY("Slices are not equally spaced along one normal."),
  ECHO_TIME_UNKNOWN("Echo times are missing, zero or repeated."),
  UNKNOWN_PHASE_SCALE("The phase values cannot be converted to radians without guessing."),
  AMBIGUOUS_COMPONENT("Sources contradict each other on what is magnitude and what is phase."),
  AMBIGUOUS_REPETITION("Several images claim the same place and cannot be told apart."),
  LOSSY_COMPRESSION("Pixel data were compressed with loss."),
  UNSUPPORTED_TRANSFER_SYNTAX("Pixel data are in a transfer syntax that is not decoded here."),
  UNCOMBINED_COILS("Images of single receive coils are not combined here."),
  VERTICAL_FIELD("The direction of the main field is not known for this magnet."),
  SIGN_CONFLICT("The measured field has the opposite sign of what the vendor's convention says."),
  FILTERED_PHASE("The phase was high-pass filtered by the scanner."),
  INTERPOLATED_PHASE("The phase was interpolated across wraps, as by a distortion correction."),
  SLICE_SIGN("The phase of neighbouring slices neither agrees nor alternates in sign."),
  PHASE_DIFFERENCE_ONLY("There is a phase difference, not a phase for every echo."),
  FIELD_STRENGTH_UNKNOWN("The field strength is missing or contradictory."),
  UNREADABLE("An object cannot be read as DICOM."),
  UID_CONFLICT("Two different objects carry the same SOP Instance UID."),
  OWN_RESULT("The series was made by this software."),
  FIELD_MAP("A field map computed by the scanner is not a phase image."),
  SLICE_GAPS("Slices do not touch each other."),
  NOT_MR_IMAGE("The object is not an MR image."),
  NOT_GRADIENT_ECHO("The images were not acquired with gradient echoes."),
  SINGLE_ECHO("There is one echo without phase."),
  LOCALISER("The images only locate the scan."),
  DERIVED_IMAGE("The images were computed from others."),
  SUPERSEDED("Another reconstruction of the same data was used."),
  FIELD_MAP_FAILED("The field map could not be computed."),
  PROCESSING_FAILED("The computation failed as often as it may be tried.");

  private final String sentence;

  ReasonCode(String sentence) {
    this.sentence = sentence;
  }

  /** The general sentence of this code. */
  public String sentence() {
    return sentence;
  }
}
