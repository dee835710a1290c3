package org.dcm4che3.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import org.dcm4che3.io.DicomEncodingOptions;
import org.dcm4che3.io.DicomOutputStream;

/** The items of a sequence element (PS3.5 section 7.5); an item belongs to one sequence at most. */
public class Sequence extends ArrayList<Attributes> implements Value {
  private static final long serialVersionUID = 1L;
  private static final int DELIMITER_LENGTH = 8;

  private final transient Attributes parent;

  Sequence(Attributes parent, int initialCapacity) {
    super(initialCapacity);
    this.parent = parent;
  }

  /** Lets go of the items when the element no longer belongs to its data set. */
  void release() {
    forEach(item -> item.setParent(null));
  }

  public Attributes getParent() {
    return parent;
  }

  private Attributes adopt(Attributes item) {
    item.setParent(parent);
    return item;
  }

  @Override
  public boolean add(Attributes attrs) {
    return super.add(adopt(attrs));
  }

  @Override
  public void add(int index, Attributes attrs) {
    super.add(index, adopt(attrs));
  }

  @Override
  public boolean addAll(Collection<? extends Attributes> c) {
    c.forEach(this::adopt);
    return super.addAll(c);
  }

  @Override
  public boolean addAll(int index, Collection<? extends Attributes> c) {
    c.forEach(this::adopt);
    return super.addAll(index, c);
  }

  @Override
  public void clear() {
    release();
    super.clear();
  }

  @Override
  public Attributes remove(int index) {
    Attributes removed = super.remove(index);
    removed.setParent(null);
    return removed;
  }

  @Override
  public boolean remove(Object o) {
    int index = indexOf(o);
    if (index < 0) {
      return false;
    }
    remove(index);
    return true;
  }

  @Override
  public Attributes set(int index, Attributes attrs) {
    Attributes replaced = super.set(index, adopt(attrs));
    replaced.setParent(null);
    return replaced;
  }

  /** The position of this very item, not of an equal one. */
  @Override
  public int indexOf(Object o) {
    for (int i = 0; i < size(); i++) {
      if (get(i) == o) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return size() + " Items";
  }

  @Override
  public int calcLength(DicomEncodingOptions encOpts, boolean explicitVR, VR vr) {
    int length = undefined(encOpts) ? DELIMITER_LENGTH : 0;
    for (Attributes item : this) {
      length = Math.addExact(length, AttributesWriter.itemLength(item, encOpts, explicitVR));
    }
    return length;
  }

  @Override
  public int getEncodedLength(DicomEncodingOptions encOpts, boolean explicitVR, VR vr) {
    return undefined(encOpts) ? -1 : calcLength(encOpts, explicitVR, vr);
  }

  private boolean undefined(DicomEncodingOptions encOpts) {
    return isEmpty() ? encOpts.undefEmptySequenceLength : encOpts.undefSequenceLength;
  }

  @Override
  public void writeTo(DicomOutputStream out, VR vr) throws IOException {
    for (Attributes item : this) {
      item.writeItemTo(out);
    }
  }

  @Override
  public byte[] toBytes(VR vr, boolean bigEndian) throws IOException {
    return AttributesWriter.bytes(this, vr, bigEndian);
  }
}
