@regression
Feature: what a property has to show: metadata and bytes

  Background:
    * url assetUrl
    * def poiId = newKey()

  @smoke
  Scenario: a photo is uploaded, described and given back byte for byte
    * def sample = read('classpath:samples/salon.jpg')
    Given path 'assets', 'upload'
    And multipart file file = { read: 'classpath:samples/salon.jpg', filename: '02 Salon.jpg' }
    And multipart field poi_id = poiId
    When method post
    Then status 201
    And match response == schemas.asset
    And match response contains { poi_id: '#(poiId)', asset_type: 'photo', room: 'living_room', content_status: 'available', mime_type: 'image/jpeg', width: 960, height: 640 }
    * def asset = response

    Given path 'assets', asset.id, 'content'
    When method get
    Then status 200
    And match responseBytes == sample
    And match header Content-Type == 'image/jpeg'
    And match header ETag == '"' + asset.sha256 + '"'

    Given path 'assets', asset.id, 'content'
    And header Range = 'bytes=0-9'
    When method get
    Then status 206
    And match responseBytes.length == 10
    And match header Content-Range == 'bytes 0-9/' + asset.size_bytes

    Given path 'assets', asset.id, 'content'
    And header Range = 'bytes=99999999-'
    When method get
    Then status 416
    And match response contains { code: 'range_not_satisfiable' }

    Given path 'assets', asset.id, 'content'
    And header If-None-Match = '"' + asset.sha256 + '"'
    When method get
    Then status 304

  Scenario: an asset may be a reference to what is not there yet, and get its content later
    Given path 'assets'
    And request { poi_id: '#(poiId)', name: 'Façade sud', asset_type: 'image', file_path: 'later/facade.jpg', metadata: { photographer: 'A. Martin' } }
    When method post
    Then status 201
    And match response == schemas.asset
    And match response contains { asset_type: 'photo', room: 'exterior', content_status: 'missing', metadata: { photographer: 'A. Martin' } }
    * def id = response.id

    Given path 'assets', id, 'content'
    When method get
    Then status 404
    And match response contains { code: 'content_missing' }

    Given path 'assets', id, 'content'
    And header Content-Type = 'application/octet-stream'
    And request read('classpath:samples/salon.jpg')
    When method put
    Then status 200
    And match response contains { id: '#(id)', content_status: 'available', width: 960, height: 640 }

  Scenario: assets are listed by property and type, changed, and deleted
    * call read('classpath:support/upload.feature') { sample: 'salon.jpg', fileName: 'cuisine.jpg', assetType: 'photo' }
    * def photo = response
    Given path 'assets'
    And request { poi_id: '#(poiId)', name: 'Visite', asset_type: 'raw_video' }
    When method post
    Then status 201
    And match response.asset_type == 'video'

    Given path 'assets'
    And param poi_id = poiId
    When method get
    Then status 200
    And match response == '#[2] ##(schemas.asset)'

    Given path 'assets'
    And params { poi_id: '#(poiId)', asset_type: 'photo' }
    When method get
    Then status 200
    And match response == '#[1] ##(schemas.asset)'
    And match response[0] contains { id: '#(photo.id)', room: 'kitchen' }

    Given path 'assets', photo.id
    And request { room: 'dining_room', position: 3 }
    When method patch
    Then status 200
    And match response contains { room: 'dining_room', position: 3, name: '#(photo.name)' }

    Given path 'assets', photo.id
    When method delete
    Then status 204

    Given path 'assets', photo.id
    When method get
    Then status 404
    And match response contains { code: 'not_found' }

  Scenario: a path out of the asset root is refused
    Given path 'assets'
    And request { poi_id: '#(poiId)', name: 'Secrets', file_path: '../../etc/passwd' }
    When method post
    Then status 400
    And match response == schemas.problem
    And match response contains { code: 'path_outside_asset_root' }

  Scenario: what is not what it says is refused
    Given path 'assets', 'upload'
    And multipart file file = { read: 'classpath:samples/not-a-picture.jpg', filename: 'salon.jpg' }
    And multipart field poi_id = poiId
    When method post
    Then status 415
    And match response contains { code: 'unsupported_media_type' }

    Given path 'assets', 'upload'
    And multipart file file = { read: 'classpath:samples/broken.jpg', filename: 'salon.jpg' }
    And multipart field poi_id = poiId
    When method post
    Then status 422
    And match response == schemas.problem

    Given path 'assets'
    And param poi_id = poiId
    When method get
    Then status 200
    And match response == []

  Scenario Outline: a bad <field> is refused by name
    Given path 'assets'
    And request <body>
    When method post
    Then status 422
    And match response contains { code: 'validation_error' }
    And match response.errors[0].loc contains '<field>'

    Examples:
      | field      | body                                                        |
      | poi_id     | { name: 'a' }                                               |
      | name       | { poi_id: '#(poiId)' }                                      |
      | asset_type | { poi_id: '#(poiId)', name: 'a', asset_type: 'hologram' }   |
      | room       | { poi_id: '#(poiId)', name: 'a', room: 'dungeon' }          |
