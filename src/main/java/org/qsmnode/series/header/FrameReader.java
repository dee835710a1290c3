package org.qsmnode.series.header;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.jspecify.annotations.Nullable;
import org.qsmnode.volume.Vector3;

/** Reads the facts of one frame. */
final class FrameReader {

  private static final String PHILIPS_MR = "Philips MR Imaging DD 001";
  private static final String SIEMENS_XA = "SIEMENS MR SDI 02";
  private static final Pattern SINGLE_ELEMENT = Pattern.compile("[A-Z]+[0-9]+");

  private FrameReader() {}

  static FrameKind kind(FrameScope scope, boolean enhanced) {
    double[] orientation =
        scope.numbers(Tag.PlaneOrientationSequence, Tag.ImageOrientationPatient, 6);
    double[] spacing = scope.numbers(Tag.PixelMeasuresSequence, Tag.PixelSpacing, 2);
    return new FrameKind(
        scope.upper(Tag.MRImageFrameTypeSequence, Tag.ComplexImageComponent),
        enhanced
            ? scope.upperList(Tag.MRImageFrameTypeSequence, Tag.FrameType)
            : scope.upperList(FrameScope.TOP, Tag.ImageType),
        scope.privateTexts(SIEMENS_XA, 0x00211175),
        String.join("\\", scope.privateTexts(PHILIPS_MR, 0x20051011)),
        scope.privateInteger("GEMS_PARM_01", 0x0043102F, VR.SS, -1),
        echoTimeMs(scope, enhanced),
        direction(orientation, 0),
        direction(orientation, 3),
        spacing == null ? Double.NaN : spacing[0],
        spacing == null ? Double.NaN : spacing[1],
        scope.number(Tag.PixelMeasuresSequence, Tag.SliceThickness),
        scale(scope),
        singleCoil(scope, enhanced),
        enhanced
            ? scope.integer(Tag.FrameContentSequence, Tag.TemporalPositionIndex, 0)
            : scope.integer(FrameScope.TOP, Tag.TemporalPositionIdentifier, 0));
  }

  static @Nullable Vector3 position(FrameScope scope) {
    double[] position = scope.numbers(Tag.PlanePositionSequence, Tag.ImagePositionPatient, 3);
    return direction(position, 0);
  }

  private static double echoTimeMs(FrameScope scope, boolean enhanced) {
    double effective =
        enhanced ? scope.number(Tag.MREchoSequence, Tag.EffectiveEchoTime) : Double.NaN;
    return Double.isNaN(effective) ? scope.number(Tag.MREchoSequence, Tag.EchoTime) : effective;
  }

  private static ValueScale scale(FrameScope scope) {
    int transformation = Tag.PixelValueTransformationSequence;
    Attributes realWorld = scope.item(Tag.RealWorldValueMappingSequence);
    Attributes units =
        realWorld == null ? null : realWorld.getNestedDataset(Tag.MeasurementUnitsCodeSequence);
    String code = units == null ? null : units.getString(Tag.CodeValue);
    return new ValueScale(
        scope.number(transformation, Tag.RescaleSlope),
        scope.number(transformation, Tag.RescaleIntercept),
        rescaleType(scope),
        realWorld == null ? Double.NaN : realWorld.getDouble(Tag.RealWorldValueSlope, Double.NaN),
        realWorld == null
            ? Double.NaN
            : realWorld.getDouble(Tag.RealWorldValueIntercept, Double.NaN),
        code == null ? "" : FactText.cut(code.trim()),
        scope.privateNumber(PHILIPS_MR, 0x2005100E, VR.FL));
  }

  /** Philips Enhanced objects say US (unspecified) in the standard place, the unit in their own. */
  private static String rescaleType(FrameScope scope) {
    String type = scope.text(Tag.PixelValueTransformationSequence, Tag.RescaleType);
    return type.isEmpty() || type.equals("US") ? scope.plainText(Tag.RescaleType, type) : type;
  }

  /** Name of the receive element where the image is of a single one, else empty. */
  private static String singleCoil(FrameScope scope, boolean enhanced) {
    List<String> iceDimensions = scope.privateTexts(SIEMENS_XA, 0x00211106);
    if (!iceDimensions.isEmpty()) {
      String coil = iceDimensions.get(0).split("_", -1)[0];
      return coil.isEmpty() || coil.equals("X") ? "" : coil;
    }
    List<String> named = scope.privateTexts(SIEMENS_XA, 0x0021114F);
    if (named.isEmpty()) {
      named = scope.privateTexts("SIEMENS MR HEADER", 0x0051100F);
    }
    String name = named.size() == 1 ? named.get(0) : "";
    if (named.isEmpty() && enhanced) {
      name = onlyElement(scope.item(Tag.MRReceiveCoilSequence));
    }
    return SINGLE_ELEMENT.matcher(name).matches() ? name : "";
  }

  private static String onlyElement(@Nullable Attributes coil) {
    Sequence elements = coil == null ? null : coil.getSequence(Tag.MultiCoilDefinitionSequence);
    if (elements == null || elements.size() != 1) {
      return "";
    }
    String name = elements.get(0).getString(Tag.MultiCoilElementName);
    return name == null ? "" : FactText.cut(name.trim().toUpperCase(Locale.ROOT));
  }

  private static @Nullable Vector3 direction(double @Nullable [] values, int from) {
    if (values == null
        || !Double.isFinite(values[from])
        || !Double.isFinite(values[from + 1])
        || !Double.isFinite(values[from + 2])) {
      return null;
    }
    return new Vector3(values[from], values[from + 1], values[from + 2]);
  }
}
