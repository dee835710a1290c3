package org.qsmnode.derive;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Code;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.qsmnode.series.pixels.SourceSlice;
import org.qsmnode.series.pixels.SourceStack;

/** Builds the one object of a map in floating point (Parametric Map Storage, PS3.3 A.75). */
final class ParametricMap {

  private static final Code BRAIN = new Code("12738006", "SCT", null, "Brain");

  /** No standard code names this derivation (PS3.16 CID 7203). */
  private static final Code QSM =
      new Code("QSM", "99QSMNODE", null, "Quantitative Susceptibility Mapping");

  private static final String STACK = "1";

  private final DerivationSettings settings;
  private final DerivationIdentity identity;
  private final DerivationFacts facts;
  private final DerivedUids uids;

  ParametricMap(
      DerivationSettings settings,
      DerivationIdentity identity,
      DerivationFacts facts,
      DerivedUids uids) {
    this.settings = settings;
    this.identity = identity;
    this.facts = facts;
    this.uids = uids;
  }

  /** The data set, one frame for each slice. */
  Attributes of(
      SourceStack sources,
      DerivedKind kind,
      FloatMap map,
      String seriesInstanceUid,
      Timestamp time,
      String contribution) {
    SourceSlice first = sources.slices().get(0);
    Attributes image = SourceHeader.copy(first.header(), first.frameNumber(), uids);
    Attributes object = new Attributes(image, CopiedTags.study());
    Elements.ui(object, Tag.SOPClassUID, kind.sopClassUid());
    Elements.ui(object, Tag.SOPInstanceUID, uids.instance(seriesInstanceUid, 0));
    Elements.ui(object, Tag.SeriesInstanceUID, seriesInstanceUid);
    Elements.is(object, Tag.InstanceNumber, 1);
    Elements.cs(object, Tag.Modality, "MR");
    SeriesNaming.addTo(object, first.header(), kind);
    time.addTo(object);
    Equipment.addTo(object, first.header(), settings, identity, time, contribution);
    Statistic statistic = kind.statistic();
    addNature(object, statistic);
    addPixels(object, statistic, map);
    addDimensions(object, uids.dimensions(seriesInstanceUid));
    addShared(object, image, statistic, map);
    addFrames(object, sources, statistic);
    Sources.addReferencedSeries(
        object, sources.slices().stream().flatMap(slice -> slice.references().stream()).toList());
    return object;
  }

  private static void addNature(Attributes object, Statistic statistic) {
    Elements.cs(object, Tag.ImageType, "DERIVED", "PRIMARY", "VOLUME", statistic.frameTypeValue());
    Elements.cs(object, Tag.ContentLabel, statistic.lutLabel());
    Elements.lo(object, Tag.ContentDescription, statistic.lutExplanation());
    object.setNull(Tag.ContentCreatorName, VR.PN);
    Elements.cs(object, Tag.ContentQualification, "RESEARCH");
    Elements.cs(object, Tag.BurnedInAnnotation, "NO");
    Elements.cs(object, Tag.RecognizableVisualFeatures, "NO");
    Elements.cs(object, Tag.LossyImageCompression, "00");
    Elements.cs(object, Tag.PresentationLUTShape, "IDENTITY");
    object.newSequence(Tag.AcquisitionContextSequence, 0);
  }

  private static void addPixels(Attributes object, Statistic statistic, FloatMap map) {
    object.setInt(Tag.SamplesPerPixel, VR.US, 1);
    Elements.cs(object, Tag.PhotometricInterpretation, "MONOCHROME2");
    Elements.is(object, Tag.NumberOfFrames, map.grid().nz());
    object.setInt(Tag.Rows, VR.US, map.grid().ny());
    object.setInt(Tag.Columns, VR.US, map.grid().nx());
    object.setInt(Tag.BitsAllocated, VR.US, Float.SIZE);
    if (statistic.padded()) {
      object.setFloat(Tag.FloatPixelPaddingValue, VR.FL, statistic.background());
      object.setFloat(Tag.FloatPixelPaddingRangeLimit, VR.FL, statistic.background());
    }
    object.setBytes(Tag.FloatPixelData, VR.OF, map.bytes());
  }

  private static void addDimensions(Attributes object, String uid) {
    Attributes organization = new Attributes();
    object.newSequence(Tag.DimensionOrganizationSequence, 1).add(organization);
    Elements.ui(organization, Tag.DimensionOrganizationUID, uid);
    Elements.cs(object, Tag.DimensionOrganizationType, "3D");
    Sequence indices = object.newSequence(Tag.DimensionIndexSequence, 2);
    for (int tag : new int[] {Tag.StackID, Tag.InStackPositionNumber}) {
      Attributes index = new Attributes();
      indices.add(index);
      Elements.ui(index, Tag.DimensionOrganizationUID, uid);
      index.setInt(Tag.DimensionIndexPointer, VR.AT, tag);
      index.setInt(Tag.FunctionalGroupPointer, VR.AT, Tag.FrameContentSequence);
    }
  }

  private void addShared(Attributes object, Attributes image, Statistic statistic, FloatMap map) {
    Attributes shared = new Attributes();
    object.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared);
    Attributes measures = group(shared, Tag.PixelMeasuresSequence);
    measures.addSelected(image, Tag.SliceThickness, Tag.PixelSpacing);
    if (!measures.containsValue(Tag.SliceThickness)) {
      Elements.ds(measures, Tag.SliceThickness, map.grid().dzMm());
    }
    Elements.ds(measures, Tag.SpacingBetweenSlices, map.grid().dzMm());
    group(shared, Tag.PlaneOrientationSequence).addSelected(image, Tag.ImageOrientationPatient);
    addAnatomy(group(shared, Tag.FrameAnatomySequence), image);
    Window window = settings.window(statistic);
    Attributes display = group(shared, Tag.FrameVOILUTSequence);
    Elements.ds(display, Tag.WindowCenter, window.centerPpb());
    Elements.ds(display, Tag.WindowWidth, window.widthPpb());
    Elements.lo(display, Tag.WindowCenterWidthExplanation, "QSM ppb");
    Attributes transformation = group(shared, Tag.PixelValueTransformationSequence);
    Elements.ds(transformation, Tag.RescaleIntercept, 0);
    Elements.ds(transformation, Tag.RescaleSlope, 1);
    Elements.lo(transformation, Tag.RescaleType, "US");
    Elements.cs(
        group(shared, Tag.ParametricMapFrameTypeSequence),
        Tag.FrameType,
        "DERIVED",
        "PRIMARY",
        "VOLUME",
        statistic.frameTypeValue());
    double smallest = statistic.padded() ? statistic.smallest() : map.smallest();
    QuantityMap.addFloatTo(shared, statistic, smallest, map.largest());
  }

  private static void addAnatomy(Attributes anatomy, Attributes image) {
    Sequence regions = image.getSequence(Tag.AnatomicRegionSequence);
    anatomy
        .newSequence(Tag.AnatomicRegionSequence, 1)
        .add(
            regions == null || regions.isEmpty() ? BRAIN.toItem() : new Attributes(regions.get(0)));
    String side = SourceHeader.text(image, Tag.Laterality);
    boolean sided = "L".equals(side) || "R".equals(side);
    Elements.cs(anatomy, Tag.FrameLaterality, sided ? String.valueOf(side) : "U");
  }

  private void addFrames(Attributes object, SourceStack sources, Statistic statistic) {
    String description = facts.description(statistic, identity);
    Sequence frames =
        object.newSequence(Tag.PerFrameFunctionalGroupsSequence, sources.slices().size());
    for (int z = 0; z < sources.slices().size(); z++) {
      SourceSlice slice = sources.slices().get(z);
      Attributes frame = new Attributes();
      frames.add(frame);
      Attributes content = group(frame, Tag.FrameContentSequence);
      Elements.sh(content, Tag.StackID, STACK);
      content.setInt(Tag.InStackPositionNumber, VR.UL, z + 1);
      content.setInt(Tag.DimensionIndexValues, VR.UL, 1, z + 1);
      group(frame, Tag.PlanePositionSequence)
          .addSelected(
              SourceHeader.copy(slice.header(), slice.frameNumber(), uids),
              Tag.ImagePositionPatient);
      Attributes derivation = group(frame, Tag.DerivationImageSequence);
      Elements.st(derivation, Tag.DerivationDescription, description);
      derivation.newSequence(Tag.DerivationCodeSequence, 1).add(QSM.toItem());
      Sources.addSourceImages(derivation, slice.references());
    }
  }

  private static Attributes group(Attributes groups, int sequenceTag) {
    Attributes item = new Attributes();
    groups.newSequence(sequenceTag, 1).add(item);
    return item;
  }
}
