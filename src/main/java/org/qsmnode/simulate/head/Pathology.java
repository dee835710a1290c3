package org.qsmnode.simulate.head;

/** Optional findings of a simulated head. */
public enum Pathology {
  /** Demyelinated ovoids near the ventricles, slightly paramagnetic. */
  LESIONS,
  /** One blob of blood products with a dark, strongly paramagnetic core. */
  HAEMORRHAGE,
  /** Small paramagnetic spheres. */
  MICROBLEEDS,
  /** Diamagnetic blobs. */
  CALCIFICATION,
  /** Air against frontal and temporal lobe, as from a sinus without its wall or after surgery. */
  AIR
}
