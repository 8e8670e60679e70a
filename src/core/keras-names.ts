/**
 * What the configuration of a Keras model may name in any release: layers and whatever else of Keras's own makes numbers
 * of numbers. Whatever is not here could be code that stands in the file (`Lambda`), that it loads (`TFSMLayer`,
 * `TorchModuleWrapper`, `JaxLayer`), or that somebody else wrote. Listed from the public API of Keras 3.15, and checked
 * against keras/src/saving/serialization_lib.py.
 */
const LAYERS = `
  Activation ActivityRegularization Add AdditiveAttention AlphaDropout Attention Average BatchNormalization
  AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D
  AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D
  AugMix AutoContrast Bidirectional CategoryEncoding CenterCrop Concatenate Conv1D Conv2D Conv3D
  Conv1DTranspose Conv2DTranspose Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D Cropping1D Cropping2D Cropping3D
  CutMix Dense DepthwiseConv1D DepthwiseConv2D Discretization Dot Dropout ELU EinsumDense Embedding Equalization
  Flatten GRU GRUCell GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D
  GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization
  GroupQueryAttention HashedCrossing Hashing Identity InputLayer IntegerLookup LSTM LSTMCell LayerNormalization
  LeakyReLU Masking MaxNumBoundingBoxes MaxPooling1D MaxPooling2D MaxPooling3D Maximum MelSpectrogram Minimum MixUp
  MultiHeadAttention Multiply Normalization PReLU Permute RMSNormalization RNN RandAugment RandomBrightness
  RandomColorDegeneration RandomColorJitter RandomContrast RandomCrop RandomElasticTransform RandomErasing
  RandomFlip RandomGaussianBlur RandomGrayscale RandomHue RandomInvert RandomPerspective RandomPosterization
  RandomRotation RandomSaturation RandomSharpness RandomShear RandomTranslation RandomZoom ReLU RepeatVector
  Rescaling Reshape Resizing ReversibleEmbedding STFTSpectrogram SeparableConv1D SeparableConv2D SimpleRNN
  SimpleRNNCell Softmax Solarization SpatialDropout1D SpatialDropout2D SpatialDropout3D SpectralNormalization
  StackedRNNCells StringLookup Subtract TextVectorization TimeDistributed UnitNormalization UpSampling1D
  UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D`

const LOSSES = `
  BinaryCrossentropy BinaryFocalCrossentropy CTC CategoricalCrossentropy CategoricalFocalCrossentropy
  CategoricalGeneralizedCrossEntropy CategoricalHinge Circle CosineSimilarity Dice Hinge Huber KLDivergence LogCosh
  MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson
  SparseCategoricalCrossentropy SquaredHinge Tversky`

const METRICS = `
  AUC Accuracy BinaryAccuracy BinaryCrossentropy BinaryIoU CategoricalAccuracy CategoricalCrossentropy
  CategoricalHinge ConcordanceCorrelation CosineSimilarity F1Score FBetaScore FalseNegatives FalsePositives Hinge IoU
  KLDivergence LogCoshError Mean MeanAbsoluteError MeanAbsolutePercentageError MeanIoU MeanSquaredError
  MeanSquaredLogarithmicError OneHotIoU OneHotMeanIoU PearsonCorrelation Poisson Precision PrecisionAtRecall R2Score
  Recall RecallAtPrecision RootMeanSquaredError SensitivityAtSpecificity SparseCategoricalAccuracy
  SparseCategoricalCrossentropy SparseTopKCategoricalAccuracy SpecificityAtSensitivity SquaredHinge Sum
  TopKCategoricalAccuracy TrueNegatives TruePositives`

/** Operators between tensors, as a model of functions has them. None takes a function. */
const OPERATIONS = `
  Abs Absolute Add All Amax Amin Any Append Arccos Arccosh Arcsin Arcsinh Arctan Arctan2 Arctanh Argmax Argmin Argsort
  Average BroadcastTo Ceil Clip Concatenate Cos Cosh Cross Cumprod Cumsum Divide DivideNoNan Dot Einsum Equal Exp
  ExpandDims Expm1 Flip Floor FloorDivide FullLike GetItem Greater GreaterEqual Isfinite Isinf Isnan Less LessEqual
  Log Log10 Log1p Log2 Logaddexp LogicalAnd LogicalNot LogicalOr LogicalXor Matmul Max Maximum Mean Median Min Minimum
  Mod Moveaxis Multiply NanToNum Negative NotEqual OnesLike Outer Pad Power Prod Quantile Ravel Reciprocal Repeat
  Reshape Roll Round Sign Sin Sinh Sort Split Sqrt Square Squeeze Stack Std Subtract Sum Swapaxes Take TakeAlongAxis
  Tan Tanh Tensordot Tile Transpose Tril Triu TrueDivide Var Vstack Where ZerosLike`

const OF_NETS = `
  AveragePool BatchNorm Celu Conv ConvTranspose DepthwiseConv DotProductAttention Elu Gelu Glu HardSigmoid HardSilu
  HardTanh LayerNorm LeakyRelu LogSigmoid LogSoftmax MaxPool Moments Normalize OneHot RMSNorm Relu Relu6 Selu
  SeparableConv Sigmoid Silu Softmax Softplus Softsign`

const POLICIES = 'DTypePolicy FloatDTypePolicy QuantizedDTypePolicy QuantizedFloat8DTypePolicy DTypePolicyMap'

const FUNCTIONS = `
  celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu linear log_sigmoid
  log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid
  sparsemax squareplus swish tanh tanh_shrink threshold
  binary_accuracy binary_crossentropy binary_focal_crossentropy categorical_accuracy categorical_crossentropy
  categorical_focal_crossentropy categorical_hinge cosine_similarity hinge huber kl_divergence log_cosh
  mean_absolute_error mean_absolute_percentage_error mean_squared_error mean_squared_logarithmic_error poisson
  sparse_categorical_accuracy sparse_categorical_crossentropy sparse_top_k_categorical_accuracy squared_hinge
  top_k_categorical_accuracy`

const BY_MODULE: readonly (readonly [module: string, names: string])[] = [
  ['keras', `Sequential Functional ${POLICIES}`],
  ['keras.models', 'Sequential Functional'],
  ['keras.src.models.functional', 'Functional'],
  ['keras.src.models.sequential', 'Sequential'],
  ['keras.src.engine.functional', 'Functional'],
  ['keras.src.engine.sequential', 'Sequential'],
  ['keras.dtype_policies', POLICIES],
  ['keras.layers', LAYERS],
  [
    'keras.initializers',
    `Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity LecunNormal LecunUniform Ones Orthogonal
     OrthogonalInitializer RandomNormal RandomUniform TruncatedNormal VarianceScaling Zeros`,
  ],
  ['keras.regularizers', 'L1 L1L2 L2 OrthogonalRegularizer'],
  ['keras.constraints', 'MaxNorm MinMaxNorm NonNeg UnitNorm'],
  [
    'keras.optimizers',
    'Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lamb Lion LossScaleOptimizer Muon Nadam RMSprop SGD',
  ],
  [
    'keras.optimizers.schedules',
    'CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay PiecewiseConstantDecay PolynomialDecay',
  ],
  ['keras.losses', LOSSES],
  ['keras.metrics', METRICS],
  ['keras.random', 'SeedGenerator'],
  ['keras.src.ops.numpy', OPERATIONS],
  ['keras.src.ops.nn', OF_NETS],
  // A function by its name alone is one of Keras's own: it looks for it nowhere else.
  ['builtins', FUNCTIONS],
]

/** Each of them as `module.name`, and the values that are no object of any module. */
export const KERAS_NAMES: ReadonlySet<string> = new Set([
  ...BY_MODULE.flatMap(([module, names]) =>
    names.split(/\s+/).flatMap((name) => (name === '' ? [] : [`${module}.${name}`])),
  ),
  ...['__keras_tensor__', '__tensor__', '__numpy__', '__bytes__', '__ellipsis__', '__slice__'],
])
